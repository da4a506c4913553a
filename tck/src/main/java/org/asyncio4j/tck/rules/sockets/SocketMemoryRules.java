package org.asyncio4j.tck.rules.sockets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.ArenaBuffers;
import org.asyncio4j.tck.probe.Datagrams;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.SocketLink;

/** Chapter 20, part eight: the memory of data that is sent and received. */
@Requires(Capability.SOCKETS)
final class SocketMemoryRules {

  private static final int PLENTY_BYTES = 32 << 20;

  private final LoopFixture fixture;
  private final Network network;
  private final EventLoop loop;

  SocketMemoryRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.loop = fixture.loop();
  }

  /**
   * Receives and sends by buffers whose arena is closed, and by those of a confined arena of
   * another thread.
   */
  @Rule("20.57")
  @Hint("Check the buffer before the system is called, and hold its session until it returns.")
  void unusableMemoryIsRefused() {
    SocketLink link = network.connectSocket();
    AsyncSocket socket = link.socket();
    try (Arena mine = ArenaBuffers.ofThisThread()) {
      for (int length : new int[] {5, 0}) {
        ByteBuffer freed = ArenaBuffers.freed(length);
        ByteBuffer foreign = ArenaBuffers.of(mine, "stray").limit(length);
        expectRefusal("receive", freed, foreign, socket::receive);
        expectRefusal("send", freed, foreign, socket::send);
        expectRefusal("sendAll", freed, foreign, call(socket::sendAll));
      }
    }

    link.peer().send("question");
    Expect.equal("what is received", "question", network.run(() -> link.receiveText(8)));
    send(link, "result");
    Expect.equal("what the peer receives", "result", link.peer().receiveText(6));
  }

  /** Closes the arena of a buffer for which a task waits, and then lets data arrive. */
  @Rule("20.58")
  @Hint(
      "Receive into the buffer itself, after the task was woken; keep no reference while it waits.")
  void aReceiveWhoseMemoryIsFreedTakesNothing() {
    SocketLink link = network.connectSocket();
    Arena arena = ArenaBuffers.ofAllThreads();
    ByteBuffer target = ArenaBuffers.of(arena, "        ");
    CompletableFuture<Integer> waiting = network.begin(() -> link.socket().receive(target));

    ArenaBuffers.freeMeanwhile(arena, fixture.patience());
    link.peer().send("all");

    expectFailure("receive", waiting);
    Expect.equal("what is received next", "all", network.run(() -> link.receiveText(3)));
  }

  /**
   * Closes the arena of data that a task sends while the peer does not read, and then makes the
   * peer read.
   */
  @Rule("20.59")
  @Hint("Check the buffer each time that the task is woken.")
  void aSendAllWhoseMemoryIsFreedReportsItsProgress() {
    SocketLink link = network.connectSocket();
    Arena arena = ArenaBuffers.ofAllThreads();
    ByteBuffer data = arena.allocate(PLENTY_BYTES).asByteBuffer();
    CompletableFuture<Boolean> sending =
        network.begin(() -> {
          link.socket().sendAll(data);
          return true;
        });

    ArenaBuffers.freeMeanwhile(arena, fixture.patience());
    int sent = network.call(data::position);
    link.peer().skip(sent);

    expectFailure("sendAll", sending);
    Expect.equal("how much was sent", sent, network.call(data::position));
    send(link, "more");
    Expect.equal("what arrives behind that", "more", link.peer().receiveText(4));
  }

  /** Exchanges datagrams with memory that cannot be used. */
  @Rule("20.60")
  @Hint("See rule 20.57.")
  @Requires(Capability.UDP)
  void datagramSocketsRefuseUnusableMemory() throws IOException {
    AsyncDatagramSocket socket = datagrams();
    DatagramSocket peer = peer();
    SocketAddress address = peer.getLocalSocketAddress();
    network.perform(() -> socket.connect(address));
    try (Arena mine = ArenaBuffers.ofThisThread()) {
      for (int length : new int[] {5, 0}) {
        ByteBuffer freed = ArenaBuffers.freed(length);
        ByteBuffer foreign = ArenaBuffers.of(mine, "stray").limit(length);
        expectRefusal("receiveFrom", freed, foreign, socket::receiveFrom);
        expectRefusal("send", freed, foreign, call(socket::send));
        expectRefusal("sendTo", freed, foreign, call(data -> socket.sendTo(data, address)));
      }
    }

    network.run(() -> {
      socket.send(ByteBuffer.wrap(Network.bytes("question")));
      return true;
    });
    InetSocketAddress from = Datagrams.expectText("question", peer);
    Datagrams.send("result", peer, from);
    expectDatagram("result", socket);
  }

  /** Closes the arena of a buffer for which a task waits, and then lets a datagram arrive. */
  @Rule("20.61")
  @Hint("See rule 20.58.")
  @Requires(Capability.UDP)
  void aReceiveFromWhoseMemoryIsFreedTakesNoDatagram() throws IOException {
    AsyncDatagramSocket socket = datagrams();
    Arena arena = ArenaBuffers.ofAllThreads();
    ByteBuffer target = ArenaBuffers.of(arena, "        ");
    CompletableFuture<SocketAddress> waiting = network.begin(() -> socket.receiveFrom(target));

    ArenaBuffers.freeMeanwhile(arena, fixture.patience());
    Datagrams.send("kept", peer(), (InetSocketAddress) socket.localAddress());

    expectFailure("receiveFrom", waiting);
    expectDatagram("kept", socket);
  }

  /** Receives into read-only buffers when no data is available. */
  @Rule("20.62")
  @Hint("Check the buffer before the task waits.")
  void aReadOnlyBufferIsRefusedAtOnce() {
    SocketLink link = network.connectSocket();
    for (ByteBuffer readOnly :
        new ByteBuffer[] {
          ByteBuffer.allocate(8).asReadOnlyBuffer(), ByteBuffer.allocateDirect(8).asReadOnlyBuffer()
        }) {
      network.run(() ->
          Expect.thrown(
              IllegalArgumentException.class,
              "receive into a read-only buffer",
              () -> link.socket().receive(readOnly)));
    }

    link.peer().send("all");
    Expect.equal("what is received", "all", network.run(() -> link.receiveText(3)));
  }

  private interface Operation<T> {
    T call(ByteBuffer buffer) throws IOException;
  }

  private interface Sending {
    void call(ByteBuffer data) throws IOException;
  }

  private static Operation<Boolean> call(Sending sending) {
    return data -> {
      sending.call(data);
      return true;
    };
  }

  private void expectRefusal(
      String name, ByteBuffer freed, ByteBuffer foreign, Operation<?> operation) {
    expectRefusal(
        IllegalStateException.class, name + " with freed memory", () -> operation.call(freed));
    expectRefusal(
        WrongThreadException.class,
        name + " with memory of another thread",
        () -> operation.call(foreign));
  }

  private void expectRefusal(
      Class<? extends RuntimeException> type, String what, Callable<?> operation) {
    RuntimeException _ = network.run(() -> Expect.thrown(type, what, operation::call));
  }

  private void expectFailure(String operation, CompletableFuture<?> waiting) {
    Throwable failure =
        network.awaitFailure(operation + " must fail when its memory was freed", waiting);
    Expect.that(
        "%s must fail with IllegalStateException when its memory was freed, not with %s"
            .formatted(operation, failure),
        failure instanceof IllegalStateException);
  }

  private void expectDatagram(String expected, AsyncDatagramSocket socket) {
    ByteBuffer target = ByteBuffer.allocate(16);
    SocketAddress _ = network.run(() -> socket.receiveFrom(target));
    String text = new String(target.array(), 0, target.position(), StandardCharsets.US_ASCII);
    Expect.equal("the datagram that is received", expected, text);
  }

  private void send(SocketLink link, String text) {
    network.run(() -> {
      link.send(text);
      return true;
    });
  }

  private AsyncDatagramSocket datagrams() {
    AsyncDatagramSocket socket =
        network.call(() -> loop.openDatagramSocket(StandardProtocolFamily.INET));
    fixture.onClose(socket::close);
    network.perform(() -> socket.bind(Network.endpoint(0)));
    return socket;
  }

  private DatagramSocket peer() throws IOException {
    DatagramSocket peer = fixture.closing(new DatagramSocket(Network.endpoint(0)));
    peer.setSoTimeout(Math.toIntExact(fixture.settings().patience().toMillis()));
    return peer;
  }
}
