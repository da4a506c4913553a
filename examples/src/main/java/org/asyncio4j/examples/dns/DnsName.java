package org.asyncio4j.examples.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.IDN;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A name in the format of messages: labels, each preceded by its length. */
final class DnsName {

  private static final int MAX_LABEL = 63;
  private static final int MAX_NAME = 253;
  private static final int POINTER = 0xC0;

  private DnsName() {}

  /**
   * Converts a host to the form in which names are compared.
   *
   * @throws UnknownHostException if the name is invalid
   */
  static String of(String host) throws UnknownHostException {
    String name;
    try {
      name = IDN.toASCII(host).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException impossible) {
      throw impossible(host, impossible);
    }
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    for (String label : bare.split("\\.", -1)) {
      if (label.isEmpty() || label.length() > MAX_LABEL || bare.length() > MAX_NAME) {
        throw impossible(host, null);
      }
    }
    return bare;
  }

  private static UnknownHostException impossible(String host, @Nullable Throwable cause) {
    UnknownHostException unknown =
        new UnknownHostException(
            "host must have labels of 1 to %d characters, %d in all: '%s'"
                .formatted(MAX_LABEL, MAX_NAME, host));
    unknown.initCause(cause);
    return unknown;
  }

  static void write(ByteBuffer out, String name) {
    for (String label : name.split("\\.", -1)) {
      byte[] bytes = label.getBytes(ISO_8859_1);
      out.put((byte) bytes.length).put(bytes);
    }
    out.put((byte) 0);
  }

  /**
   * Reads a name, which may continue at an earlier position of the message.
   *
   * @param message the message from its beginning; afterwards its position is behind the name
   * @throws DnsFormatException if it is not a valid name
   * @throws java.nio.BufferUnderflowException if the message ends too early
   */
  static String read(ByteBuffer message) throws DnsFormatException {
    StringBuilder name = new StringBuilder();
    ByteBuffer source = message;
    int before = message.position();
    while (true) {
      int length = source.get() & 0xFF;
      if (length == 0) {
        return name.toString().toLowerCase(Locale.ROOT);
      }
      if ((length & POINTER) == POINTER) {
        int target = (length & ~POINTER) << 8 | (source.get() & 0xFF);
        if (target >= before) { // only backward pointers cannot form a cycle
          throw new DnsFormatException(
              "cannot read a name: it must continue before %d, not at %d"
                  .formatted(before, target));
        }
        before = target;
        source = message.duplicate().position(target);
      } else if (length > MAX_LABEL || name.length() + length > MAX_NAME) {
        throw new DnsFormatException("cannot read a name: '%s' is too long".formatted(name));
      } else {
        byte[] label = new byte[length];
        source.get(label);
        name.append(name.isEmpty() ? "" : ".").append(new String(label, ISO_8859_1));
      }
    }
  }
}
