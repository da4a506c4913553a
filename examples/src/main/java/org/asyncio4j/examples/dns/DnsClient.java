package org.asyncio4j.examples.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.datagram.DatagramEndpoint;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tasks.Outcome.Success;

/**
 * Resolves host names with one DNS server. Messages that do not match the query are ignored. Each
 * attempt uses another port and query number, so that an attacker has to guess both.
 *
 * @param host the address of the server
 * @param port its port, for UDP and TCP
 * @param patience the time limit of an attempt
 * @param attempts the number of attempts, at least 1
 */
record DnsClient(String host, int port, Duration patience, int attempts) {

  private static final RandomGenerator RANDOM = new SecureRandom();
  private static final int IDS = 0x10000;

  /** Checks the components. */
  DnsClient {
    if (attempts < 1 || !patience.isPositive()) {
      throw new IllegalArgumentException(
          "attempts must be at least 1, and patience positive: %d, %s"
              .formatted(attempts, patience));
    }
  }

  /** {@return a client with three attempts of two seconds each} */
  static DnsClient of(String host, int port) {
    return new DnsClient(host, port, Duration.ofSeconds(2), 3);
  }

  /**
   * Resolves the addresses of a host, IPv6 first, suspending the current task. A failure of one
   * family counts only if the other has no addresses: some servers do not know names that have no
   * IPv6 addresses.
   *
   * @param name the host
   * @return at least one address
   * @throws UnknownHostException if there is no such host, or it has no addresses
   * @throws TimeoutException if the server does not respond in time
   * @throws IOException if the server refuses the query or cannot be reached
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled; nothing is left open
   */
  List<InetAddress> lookUp(String name) throws IOException {
    String asked = DnsName.of(name);
    List<Task<DnsAnswer>> families =
        Stream.of(DnsType.AAAA, DnsType.A)
            .map(type -> Asyncio.createTask(() -> ask(asked, type)))
            .toList();
    List<InetAddress> all =
        Asyncio.gatherOutcomes(families).await().stream().flatMap(DnsClient::addresses).toList();
    if (all.isEmpty()) {
      for (Task<DnsAnswer> family : families) {
        DnsAnswer ignored =
            family.awaitThrowing(IOException.class); // throws the failure of the query
      }
      throw new UnknownHostException(
          "unknown host '%s': %s knows no address of it".formatted(name, this));
    }
    return all;
  }

  private static Stream<InetAddress> addresses(Outcome<DnsAnswer> outcome) {
    return outcome instanceof Success<DnsAnswer>(DnsAnswer answer)
        ? answer.addresses().stream()
        : Stream.empty();
  }

  private DnsAnswer ask(String name, DnsType type) throws IOException {
    IOException last = null;
    for (int attempt = 1; attempt <= attempts; attempt++) {
      DnsQuery query = new DnsQuery(RANDOM.nextInt(IDS), name, type);
      try {
        DnsAnswer answer = Asyncio.timeout(patience, () -> exchange(query));
        switch (answer.code()) {
          case DnsAnswer.OK -> {
            return answer;
          }
          case DnsAnswer.NO_SUCH_NAME ->
              throw new UnknownHostException(
                  "unknown host '%s': %s reports NXDOMAIN".formatted(name, this));
          default ->
              last =
                  new IOException(
                      "%s cannot resolve %s: %s".formatted(this, query, answer.reason()));
        }
      } catch (UnknownHostException certain) {
        throw certain;
      } catch (TimeoutException late) {
        last = silent(query, late);
      } catch (IOException failed) {
        last =
            new IOException(
                "%s cannot resolve %s: it is unreachable".formatted(this, query), failed);
      }
    }
    throw last;
  }

  private TimeoutException silent(DnsQuery query, TimeoutException late) {
    return new TimeoutException(
        "%s cannot resolve %s: no response within %s, tried %d times"
            .formatted(this, query, patience, attempts),
        late);
  }

  private DnsAnswer exchange(DnsQuery query) throws IOException {
    DnsAnswer answer = byDatagram(query);
    return answer.truncated() ? byStream(query) : answer;
  }

  private DnsAnswer byDatagram(DnsQuery query) throws IOException {
    try (DatagramEndpoint endpoint =
        DatagramEndpoint.open(DatagramOptions.connectedTo(host, port))) {
      endpoint.send(query.toMessage());
      while (true) {
        ByteBuffer message = endpoint.receive().data();
        try {
          return DnsAnswer.parse(message, query);
        } catch (DnsFormatException stray) {
          // If an invalid message ended the wait, an attacker would not have to guess anything.
        }
      }
    }
  }

  private DnsAnswer byStream(DnsQuery query) throws IOException {
    try (StreamConnection connection = Asyncio.openConnection(host, port)) {
      ByteBuffer message = query.toMessage();
      ByteBuffer length = ByteBuffer.allocate(Short.BYTES).putShort((short) message.remaining());
      connection.writer().writeLines(List.of(length.flip(), message));
      connection.writer().drain();
      int size = ByteBuffer.wrap(connection.reader().readExactly(Short.BYTES)).getShort() & 0xFFFF;
      return DnsAnswer.parse(ByteBuffer.wrap(connection.reader().readExactly(size)), query);
    }
  }

  @Override
  public String toString() {
    return "DNS server %s:%d".formatted(host, port);
  }
}
