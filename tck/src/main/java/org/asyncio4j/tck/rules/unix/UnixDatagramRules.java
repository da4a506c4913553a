package org.asyncio4j.tck.rules.unix;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.DatagramProbe;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Polls;
import org.asyncio4j.tck.probe.Trace;
import org.asyncio4j.tck.probe.UnixDatagrams;
import org.jspecify.annotations.Nullable;

/** Chapter 19, part four: how Unix datagrams are transferred, and receivers that are behind. */
@Requires(Capability.UNIX_DATAGRAM)
final class UnixDatagramRules {

  private static final String RECEIVER = "receiver";
  private static final String SENDER = "sender";
  private static final int LONG = 100_000;
  private static final int ROUNDS = 2;
  // While a datagram waits the loop retries a few times; a loop that spins polls more often.
  private static final int MANY_POLLS = 50;

  private final LoopFixture fixture;
  private final UnixDatagrams unix;
  private final DatagramProbe receiving = new DatagramProbe();
  private final SocketAddress address;

  UnixDatagramRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.unix = new UnixDatagrams(fixture);
    this.address = unix.address(RECEIVER);
  }

  /** Sends a short, an empty and a long datagram between two endpoints, and one back. */
  @Rule("19.17")
  @Hint("Pass on each datagram separately, with the address of its sender, whatever its length.")
  void unixDatagramsArriveWholeInBothDirections() {
    DatagramProbe answered = new DatagramProbe();
    DatagramTransport receiver = unix.bound(receiving, RECEIVER);
    DatagramTransport sender = unix.bound(answered, SENDER);
    String large = "l".repeat(LONG);

    for (String text : List.of("short", "", large)) {
      unix.send(text, sender, address);
    }
    unix.await(receiving, large);
    Expect.that(
        "datagrams must arrive as they were sent",
        receiving.trace().events().equals(List.of("connectionMade", "short", "", large)));
    Expect.equal("the sender", unix.address(SENDER), receiving.sender());

    unix.send("result", receiver, receiving.sender());
    unix.await(answered, "result");
    Expect.equal("the sender of the reply", address, answered.sender());
  }

  /** Receives from an endpoint without an address. */
  @Rule("19.18")
  @Hint("Pass `UnixDomainSocketAddress.of(\"\")` as the sender.")
  void aSenderMayHaveNoAddress() {
    DatagramTransport _ = unix.bound(receiving, RECEIVER);
    DatagramTransport sender = unix.connected(new DatagramProbe(), RECEIVER);

    unix.send("hello", sender, null);

    unix.await(receiving, "hello");
    Expect.equal("the sender", UnixDomainSocketAddress.of(""), receiving.sender());
  }

  /** Sends to a connected receiver that does not read, which then reads, and repeats this. */
  @Rule("19.24")
  @Hint("Queue datagrams that the system does not take, and send it when the socket is ready.")
  void aSlowReceiverDelaysAConnectedSender() {
    DatagramTransport receiver = pausedReceiver();
    PacedProbe paced = new PacedProbe();
    DatagramTransport sender = unix.connected(paced, RECEIVER);

    expectHoldUp(receiver, paced, sender, null);
  }

  /**
   * Sends to a receiver that does not read, from an endpoint that is not connected, and counts the
   * loop's polls. Then the receiver reads, and all is repeated.
   */
  @Rule("19.25")
  @Hint("Retry after a pause if the socket does not report when there is room.")
  void aSlowReceiverDelaysAnySenderAndTheLoopSleeps() {
    DatagramTransport receiver = pausedReceiver();
    PacedProbe paced = new PacedProbe();
    DatagramTransport sender = unix.bound(paced, SENDER);

    expectHoldUp(receiver, paced, sender, address);
  }

  /**
   * Closes the receiver of a connected endpoint, sends, and opens another one at its address. Also
   * sends to an address that was never bound.
   */
  @Rule("19.26")
  @Hint("Call `errorReceived`, and connect again for the next datagram.")
  void anEndpointOutlivesItsReceiver() {
    DatagramTransport first = unix.bound(new DatagramProbe(), RECEIVER);
    DatagramProbe sending = new DatagramProbe();
    DatagramTransport sender = unix.connected(sending, RECEIVER);
    unix.act(first::abort);
    fixture.patience().until("the receiver must be gone", () -> !Files.exists(unix.path(RECEIVER)));

    unix.send("absent", sender, null);
    unix.send("absent", sender, null);
    expectErrors(2, sending);
    DatagramTransport _ = unix.bound(receiving, RECEIVER);
    unix.send("present", sender, null);
    unix.await(receiving, "present");

    DatagramProbe strangers = new DatagramProbe();
    DatagramTransport free = unix.bound(strangers, SENDER);
    unix.send("absent", free, unix.address("absent"));
    expectErrors(1, strangers);
    unix.send("else", free, address);
    unix.await(receiving, "else");
    expectErrors(2, sending);
    expectErrors(1, strangers);
  }

  // The loop may learn of them later than within the call.
  private void expectErrors(int count, DatagramProbe sending) {
    fixture
        .patience()
        .until(
            "errorReceived must be called for each datagram that nothing receives",
            () -> sending.trace().count("errorReceived") >= count);
    List<String> expected = new ArrayList<>(List.of("connectionMade"));
    expected.addAll(Collections.nCopies(count, "errorReceived"));
    Expect.equal("the calls of the sender", expected, sending.trace().events());
  }

  /** Closes an endpoint whose receiver is behind, which then reads. */
  @Rule("19.29")
  @Hint("Send what is queued before the socket is closed.")
  void closingAnEndpointSendsQueuedDatagrams() {
    DatagramTransport receiver = pausedReceiver();
    for (boolean connected : new boolean[] {true, false}) {
      DatagramProbe sending = new DatagramProbe();
      DatagramTransport sender =
          connected ? unix.connected(sending, RECEIVER) : unix.bound(sending, SENDER);
      List<String> sent = unix.fill(sender, connected ? null : address);
      int before = receiving.trace().events().size();

      unix.act(sender::close);
      fixture
          .patience()
          .during(
              "an endpoint with queued datagrams must not be lost",
              () -> !sending.trace().events().contains("connectionLost"));
      unix.act(receiver::resumeReading);

      expectArrival(before, sent);
      unix.await(sending, "connectionLost");
      unix.act(receiver::pauseReading);
    }
  }

  /**
   * Sends by a socket for direct use to a receiver that does not read, cancels the task that waits,
   * and makes the receiver read.
   */
  @Rule("19.31")
  @Hint(
      "Suspend the task until the system takes the datagram; a cancelled task must have sent"
          + " nothing.")
  @Requires(Capability.SOCKETS)
  void sendToWaitsForASlowReceiver() throws IOException {
    DatagramTransport receiver = pausedReceiver();
    AsyncDatagramSocket socket =
        unix.running().call(() -> unix.loop().openDatagramSocket(StandardProtocolFamily.UNIX));
    fixture.onClose(socket::close);
    AtomicInteger sent = new AtomicInteger();
    Task<Object> sending =
        unix.running()
            .call(() ->
                unix.loop()
                    .createTask(() -> {
                      while (sent.get() < LONG) {
                        String text = UnixDatagrams.numbered(sent.get());
                        socket.sendTo(ByteBuffer.wrap(Network.bytes(text)), address);
                        sent.incrementAndGet();
                      }
                      return this;
                    }));
    unix.awaitStandstill(sent);

    unix.act(sending::cancel);
    fixture.patience().until("the task must end", () -> unix.running().call(sending::isDone));
    int taken = sent.get();
    Expect.that("a receiver must be full at some time", taken < LONG);
    unix.act(receiver::resumeReading);
    unix.running().runTask(() -> socket.sendTo(ByteBuffer.wrap(Network.bytes("last")), address));

    unix.await(receiving, "last");
    Expect.equal(
        "the number of datagrams that arrive", taken + 1, receiving.trace().events().size() - 1);
    unix.act(socket::close);
  }

  /** Sends to addresses that a Unix endpoint cannot send to. */
  @Rule("19.32")
  @Hint("Check the address before anything else.")
  void addressesOfAnotherKindAreRefused() {
    DatagramTransport _ = unix.bound(receiving, RECEIVER);
    DatagramTransport free = unix.bound(new DatagramProbe(), SENDER);
    DatagramTransport connected = unix.connected(new DatagramProbe(), RECEIVER);

    expectRefusal(free, null);
    expectRefusal(free, UnixDomainSocketAddress.of(""));
    expectRefusal(free, Network.endpoint(9));
    expectRefusal(connected, unix.address(SENDER));
    unix.send("first", free, address);
    unix.await(receiving, "first");
    unix.send("second", connected, address);
    unix.await(receiving, "second");
  }

  private void expectRefusal(DatagramTransport sender, @Nullable SocketAddress to) {
    unix.act(() -> {
      ByteBuffer data = StandardCharsets.US_ASCII.encode("hello");
      IllegalArgumentException ignored =
          Expect.thrown(
              IllegalArgumentException.class, "sendTo " + to, () -> sender.sendTo(data, to));
    });
  }

  private DatagramTransport pausedReceiver() {
    DatagramTransport receiver = unix.bound(receiving, RECEIVER);
    unix.act(receiver::pauseReading);
    return receiver;
  }

  private void expectHoldUp(
      DatagramTransport receiver,
      PacedProbe paced,
      DatagramTransport sender,
      @Nullable SocketAddress to) {
    unix.act(() -> sender.setWriteBufferLimits(new WriteBufferLimits(0, 1)));
    for (int round = 0; round < ROUNDS; round++) {
      int before = receiving.trace().events().size();
      List<String> sent = unix.fill(sender, to);
      List<String> expected = new ArrayList<>(paced.pace.events());
      expectPause(expected);

      new Polls(fixture).expectFewerThan(MANY_POLLS, "while the receiver does not read");
      unix.act(receiver::resumeReading);

      expectArrival(before, sent);
      expected.add("resume");
      fixture
          .patience()
          .until("the sender must be resumed", () -> paced.pace.events().equals(expected));
      Expect.equal("what is left in the queue", 0L, unix.running().call(sender::writeBufferSize));
      unix.act(receiver::pauseReading);
    }
  }

  // A loop that learns later what the system has taken pauses and resumes for each datagram at
  // first.
  private static void expectPause(List<String> pace) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < pace.size(); i++) {
      expected.add(i % 2 == 0 ? "pause" : "resume");
    }
    Expect.equal("what paces the sender", expected, pace);
    Expect.that("a sender that is held up must be paused", pace.size() % 2 == 1);
  }

  private void expectArrival(int before, List<String> sent) {
    unix.await(receiving, sent.getLast());
    fixture
        .patience()
        .until(
            "everything must arrive",
            () -> receiving.trace().events().size() >= before + sent.size());
    List<String> events = receiving.trace().events();
    Expect.that(
        "datagrams must arrive once and in order",
        events.subList(before, events.size()).equals(sent));
  }

  /** Records how its sender is paused and resumed. */
  private static final class PacedProbe extends DatagramProbe {

    private final Trace pace = new Trace();

    @Override
    public void pauseWriting() {
      pace.add("pause");
    }

    @Override
    public void resumeWriting() {
      pace.add("resume");
    }
  }
}
