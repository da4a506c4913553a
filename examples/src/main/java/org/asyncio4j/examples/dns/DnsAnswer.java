package org.asyncio4j.examples.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server's response to a query.
 *
 * @param code the response code; 0 means success
 * @param truncated whether a datagram was too small for the whole response
 * @param addresses the addresses of the name, in the server's order
 */
record DnsAnswer(int code, boolean truncated, List<InetAddress> addresses) {

  static final int OK = 0;
  static final int SERVER_FAILURE = 2;
  static final int NO_SUCH_NAME = 3;
  static final int REFUSED = 5;

  private static final int RESPONSE = 0x8000;
  private static final int OPCODE = 0x7800;
  private static final int TRUNCATED = 0x0200;
  private static final int CODE = 0x000F;
  private static final int ALIAS = 5;
  private static final int MAX_ALIASES = 16;

  /**
   * Parses a response.
   *
   * @param message the message, from its beginning to the limit
   * @param query the query
   * @throws DnsFormatException if it is not a response to this query; a third party may have sent
   *     it
   */
  static DnsAnswer parse(ByteBuffer message, DnsQuery query) throws DnsFormatException {
    ByteBuffer in = message.slice();
    try {
      int id = in.getShort() & 0xFFFF;
      int flags = in.getShort() & 0xFFFF;
      int questions = in.getShort() & 0xFFFF;
      int answers = in.getShort() & 0xFFFF;
      in.getInt(); // the numbers of authority and additional records, which are ignored
      if (id != query.id() || (flags & (RESPONSE | OPCODE)) != RESPONSE || questions != 1) {
        throw new DnsFormatException(
            "cannot read the answer: it is not the answer to %s".formatted(query));
      }
      String name = DnsName.read(in);
      int type = in.getShort() & 0xFFFF;
      int network = in.getShort() & 0xFFFF;
      if (!name.equals(query.name())
          || type != query.type().code()
          || network != DnsQuery.INTERNET) {
        throw new DnsFormatException(
            "cannot read the answer to %s: it is about '%s'".formatted(query, name));
      }
      boolean truncated = (flags & TRUNCATED) != 0;
      // A truncated response may end anywhere.
      List<InetAddress> found = truncated ? List.of() : addresses(in, answers, query);
      return new DnsAnswer(flags & CODE, truncated, found);
    } catch (BufferUnderflowException end) {
      throw new DnsFormatException(
          "cannot read the answer to %s: it ends early".formatted(query), end);
    }
  }

  private static List<InetAddress> addresses(ByteBuffer in, int records, DnsQuery query)
      throws DnsFormatException {
    Map<String, List<InetAddress>> byName = new HashMap<>();
    Map<String, String> aliases = new HashMap<>();
    for (int i = 0; i < records; i++) {
      String name = DnsName.read(in);
      int type = in.getShort() & 0xFFFF;
      in.getShort();
      in.getInt(); // the time to live; there is no cache
      int length = in.getShort() & 0xFFFF;
      if (length > in.remaining()) {
        throw new BufferUnderflowException();
      }
      int next = in.position() + length;
      if (type == ALIAS) {
        aliases.put(name, DnsName.read(in));
      } else if (type == query.type().code() && length == query.type().length()) {
        byName.computeIfAbsent(name, unknown -> new ArrayList<>()).add(address(in, length));
      }
      in.position(next);
    }
    String name = query.name();
    for (int i = 0; i < MAX_ALIASES && aliases.containsKey(name); i++) {
      name = aliases.get(name);
    }
    return List.copyOf(byName.getOrDefault(name, List.of()));
  }

  private static InetAddress address(ByteBuffer in, int length) throws DnsFormatException {
    byte[] bytes = new byte[length];
    in.get(bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new DnsFormatException("address must have 4 or 16 bytes", impossible);
    }
  }

  /** {@return the name of the code} */
  String reason() {
    return switch (code) {
      case SERVER_FAILURE -> "SERVFAIL";
      case NO_SUCH_NAME -> "NXDOMAIN";
      case REFUSED -> "REFUSED";
      default -> "code " + code;
    };
  }
}
