package org.asyncio4j.examples.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.datagram.Datagram;
import org.asyncio4j.datagram.DatagramEndpoint;
import org.asyncio4j.examples.Setup;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.net.options.NameResolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the client with servers that are silent, slow, broken or malicious, on each loop and
 * engine.
 */
@ParameterizedClass
@MethodSource("setups")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DnsClientTest {

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration ENOUGH_TO_ASK = Duration.ofMillis(250); // on a busy machine, too
  private static final Duration LONG = Duration.ofHours(1);
  private static final InetAddress HERE = InetAddresses.forString("127.0.0.1");

  @Parameter Setup setup;

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @Test
  void silentServerTimesOutAfterTheGivenAttempts() throws Exception {
    try (DatagramSocket blackHole = new DatagramSocket(0, HERE)) {
      DnsClient client = new DnsClient("127.0.0.1", blackHole.getLocalPort(), ENOUGH_TO_ASK, 3);

      setup.run(() ->
          assertThatThrownBy(() -> client.lookUp("slow.test"))
              .isInstanceOf(TimeoutException.class)
              .hasMessageContaining("'slow.test'")
              .hasMessageContaining("127.0.0.1:" + blackHole.getLocalPort())
              .hasMessageContaining("within PT0.25S")
              .hasMessageContaining("3 times"));

      List<ByteBuffer> asked = received(blackHole);
      assertThat(asked).as("three for each family").hasSize(6);
      assertThat(asked.stream().map(message -> message.getShort(0)).distinct())
          .as("each attempt has another number")
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void otherWorkContinuesWhileTheServerIsSilent() throws Exception {
    try (DatagramSocket blackHole = new DatagramSocket(0, HERE)) {
      DnsClient patient = new DnsClient("127.0.0.1", blackHole.getLocalPort(), LONG, 1);

      setup.run(() -> {
        DnsResolver resolver = new DnsResolver(patient, Asyncio.runningLoop());
        NameResolution naming = NameResolution.defaults().withResolver(resolver);
        ConnectOptions destination = ConnectOptions.to("slow.test", 9).withNameResolution(naming);
        Task<?> direct = Asyncio.createTask(() -> patient.lookUp("slow.test"));
        Task<?> connecting = Asyncio.createTask(() -> Asyncio.openConnection(destination));

        try (Answering server = Answering.with(DnsClientTest::loopback)) {
          for (int i = 0; i < 100; i++) {
            assertThat(server.client(LONG, 1).lookUp("fast.test")).contains(HERE);
          }
        }

        assertThat(direct.isDone()).isFalse();
        assertThat(connecting.isDone()).isFalse();
        direct.cancel();
        connecting.cancel();
        assertThatThrownBy(direct::await).isInstanceOf(CancelledError.class);
        assertThatThrownBy(connecting::await).isInstanceOf(CancelledError.class);
      });
    }
  }

  @Test
  void slowResolverTimesOut() throws Exception {
    try (DatagramSocket blackHole = new DatagramSocket(0, HERE)) {
      DnsClient patient = new DnsClient("127.0.0.1", blackHole.getLocalPort(), LONG, 1);

      setup.run(() -> {
        NameResolution naming =
            NameResolution.defaults()
                .withResolver(new DnsResolver(patient, Asyncio.runningLoop()))
                .withTimeLimit(SHORT);
        assertThatThrownBy(() ->
                Asyncio.openConnection(
                    ConnectOptions.to("slow.test", 9).withNameResolution(naming)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("slow.test");
      });
    }
  }

  @Test
  void interruptedResolverStopsAsking() throws Exception {
    try (DatagramSocket blackHole = new DatagramSocket(0, HERE)) {
      DnsClient patient = new DnsClient("127.0.0.1", blackHole.getLocalPort(), LONG, 1);

      setup.run(() -> {
        DnsResolver resolver = new DnsResolver(patient, Asyncio.runningLoop());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread looking =
            Thread.ofPlatform()
                .start(() -> thrown.complete(catchThrowable(() -> resolver.resolve("slow.test"))));
        Asyncio.toThread(() -> blackHole.receive(new DatagramPacket(new byte[512], 512)));
        looking.interrupt();

        assertThat(Asyncio.wrapFuture(thrown).await()).isInstanceOf(InterruptedIOException.class);
        while (Asyncio.allTasks().size() > 1) { // those that ask
          Asyncio.sleep(Duration.ZERO);
        }
      });
    }
  }

  @Test
  void closedPortIsReported() throws Exception {
    int port;
    try (DatagramSocket free = new DatagramSocket(0, HERE)) {
      port = free.getLocalPort();
    }
    setup.run(() ->
        assertThatThrownBy(() -> new DnsClient("127.0.0.1", port, LONG, 2).lookUp("a.test"))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("127.0.0.1:" + port)
            .hasRootCauseInstanceOf(PortUnreachableException.class));
  }

  @Test
  void lostQuestionIsRepeated() throws Exception {
    setup.run(() -> {
      int[] count = {0};
      Answers everyThird = query -> ++count[0] % 3 == 0 ? loopback(query) : List.of();
      try (Answering server = Answering.with(everyThird)) {
        assertThat(server.client(SHORT, 100).lookUp("lossy.test")).contains(HERE);
      }
    });
  }

  @Test
  void failedServerIsAskedAgain() throws Exception {
    setup.run(() -> {
      int[] count = {0};
      Answers failing =
          query -> ++count[0] <= 2 ? List.of(header(query, 0x8182, 0)) : loopback(query);
      try (Answering server = Answering.with(failing)) {
        assertThat(server.client(LONG, 3).lookUp("failing.test")).contains(HERE);
      }
      try (Answering server = Answering.with(query -> List.of(header(query, 0x8182, 0)))) {
        assertThatThrownBy(() -> server.client(LONG, 3).lookUp("failing.test"))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("SERVFAIL");
      }
    });
  }

  @Test
  void otherMessagesAreSkipped() throws Exception {
    setup.run(() -> {
      Answers noisy =
          query -> {
            List<ByteBuffer> all = new ArrayList<>();
            ByteBuffer good = loopback(query).getFirst();
            for (int length = 0; length < good.limit(); length++) {
              all.add(good.duplicate().limit(length)); // cut anywhere
            }
            all.add(lie(good).put(1, (byte) (good.get(1) + 1))); // another number
            all.add(lie(good).put(2, (byte) 0x01)); // a question
            all.add(lie(good).put(13, (byte) 'x')); // another name
            all.add(endless(query));
            all.add(good);
            return all;
          };
      try (Answering server = Answering.with(noisy)) {
        assertThat(server.client(LONG, 1).lookUp("noisy.test")).containsOnly(HERE);
      }
    });
  }

  @Test
  void hostWithoutAddressesIsUnknown() throws Exception {
    setup.run(() -> {
      try (Answering server = Answering.with(query -> List.of(header(query, 0x8180, 0)))) {
        assertThatThrownBy(() -> server.client(LONG, 1).lookUp("mail.test"))
            .isInstanceOf(UnknownHostException.class)
            .hasMessageContaining("'mail.test'")
            .hasMessageContaining("127.0.0.1:");
      }
    });
  }

  @Test
  void familyThatFailsDoesNotHideTheOther() throws Exception {
    setup.run(() -> {
      Answers halfKnown =
          query ->
              isOfIpv4(query) ? loopback(query) : List.of(header(query, 0x8183, 0)); // NXDOMAIN
      try (Answering server = Answering.with(halfKnown)) {
        assertThat(server.client(LONG, 1).lookUp("half.test")).containsExactly(HERE);
      }
    });
  }

  @Test
  void namesThatCannotExistAreNotAskedFor() throws Exception {
    setup.run(() -> {
      for (String name : List.of("", ".", "a..b", "a".repeat(64), "ab.".repeat(100))) {
        assertThatThrownBy(() -> DnsClient.of("127.0.0.1", 1).lookUp(name))
            .as(name)
            .isInstanceOf(UnknownHostException.class)
            .hasMessageContaining("labels");
      }
    });
  }

  private static List<ByteBuffer> received(DatagramSocket socket) throws IOException {
    List<ByteBuffer> all = new ArrayList<>();
    socket.setSoTimeout(1);
    while (true) {
      DatagramPacket packet = new DatagramPacket(new byte[512], 512);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException empty) {
        return all;
      }
      all.add(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
    }
  }

  /** The question, with other flags, room for an answer, and the number of answers. */
  private static ByteBuffer header(ByteBuffer query, int flags, int answers) {
    ByteBuffer message = ByteBuffer.allocate(512).put(query.duplicate());
    message.putShort(2, (short) flags).putShort(6, (short) answers);
    return message.flip();
  }

  /** The loopback address for IPv4 questions, nothing for IPv6 questions. */
  private static List<ByteBuffer> loopback(ByteBuffer query) {
    ByteBuffer message = header(query, 0x8180, isOfIpv4(query) ? 1 : 0);
    if (isOfIpv4(query)) {
      message.position(message.limit()).limit(message.capacity());
      message.putShort((short) 0xC00C).putShort((short) 1).putShort((short) 1).putInt(60);
      message.putShort((short) 4).put(HERE.getAddress()).flip();
    }
    return List.of(message);
  }

  private static boolean isOfIpv4(ByteBuffer query) {
    return query.getShort(query.limit() - 4) == DnsType.A.code();
  }

  /** An answer whose name refers to itself. */
  private static ByteBuffer endless(ByteBuffer query) {
    ByteBuffer message = header(query, 0x8180, 1);
    int end = message.limit();
    message.position(end).limit(message.capacity());
    message.putShort((short) (0xC000 | end)).putLong(0).putLong(0).flip();
    return message;
  }

  /** The same message with another last byte, which belongs to an address. */
  private static ByteBuffer lie(ByteBuffer message) {
    ByteBuffer copy = ByteBuffer.allocate(message.limit()).put(message.duplicate()).flip();
    return copy.put(copy.limit() - 1, (byte) 9);
  }

  /** The answers of a server to a query. */
  private interface Answers {
    List<ByteBuffer> to(ByteBuffer query);
  }

  /** A server on this loop that sends the given answers. */
  private record Answering(DatagramEndpoint endpoint, Task<?> task) implements AutoCloseable {

    static Answering with(Answers answers) throws IOException {
      DatagramEndpoint endpoint = DatagramEndpoint.open(DatagramOptions.boundTo("127.0.0.1", 0));
      return new Answering(
          endpoint,
          Asyncio.createTask(() -> {
            while (true) {
              Datagram query = endpoint.receive();
              for (ByteBuffer answer : answers.to(query.data())) {
                endpoint.send(answer.duplicate(), query.from());
              }
            }
          }));
    }

    DnsClient client(Duration patience, int attempts) {
      int port = ((InetSocketAddress) endpoint.localAddress()).getPort();
      return new DnsClient("127.0.0.1", port, patience, attempts);
    }

    @Override
    public void close() {
      task.cancel();
      endpoint.close();
    }
  }
}
