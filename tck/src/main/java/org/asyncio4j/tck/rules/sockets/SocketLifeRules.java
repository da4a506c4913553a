package org.asyncio4j.tck.rules.sockets;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.SocketLink;

/** Chapter 20, part three: where sockets may be used, and how they end with their loop. */
@Requires(Capability.SOCKETS)
final class SocketLifeRules {

  private final LoopFixture fixture;
  private final Network network;
  private final EventLoop loop;

  SocketLifeRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.loop = fixture.loop();
  }

  /** Receives, sends and connects in callbacks and on a foreign thread. */
  @Rule("20.21")
  @Hint("Check for the current task first.")
  void waitingNeedsATask() {
    SocketLink link = network.connectSocket();
    link.peer().send("data");
    List<IllegalStateException> refusals =
        Stream.of(network.call(() -> refusals(link)), refusals(link))
            .flatMap(List::stream)
            .toList();

    for (IllegalStateException refusal : refusals) {
      Expect.mentions("the refusal", refusal.getMessage(), "task");
    }
    Expect.equal("what is left", "data", network.run(() -> link.receiveText(4)));
  }

  /** Drops a socket. */
  @Rule("20.22")
  @Hint("Register a cleanup with the garbage collector that reports and closes the socket.")
  @Direct("it expects a report, and to report what a peer does is a violation")
  void aForgottenSocketIsClosedAndReported() throws IOException {
    var listener = network.listen();
    network.runTask(() -> connectAndForget(Network.endpoint(listener.getLocalPort())));
    Peer peer = network.accept(listener);
    peer.expectText("hello");

    Queue<ErrorReport> reports = new ConcurrentLinkedQueue<>();
    fixture
        .patience()
        .untilCollected(
            "an unreachable socket must be reported",
            () -> fixture.pollReport().map(reports::add).orElse(false));
    peer.expectClosed("a socket that was forgotten");
    Expect.mentions("the report", reports.element().message(), "socket");
  }

  /** Drops a socket for which a task waits. */
  @Rule("20.23")
  @Hint("Make a task that waits refer to its socket.")
  void aSocketThatATaskWaitsForIsNotForgotten() throws IOException {
    var listener = network.listen();
    CompletableFuture<Boolean> waiting = new CompletableFuture<>();
    network.perform(() -> {
      Task<Boolean> _ =
          loop.createTask(() -> {
            try {
              return waiting.complete(receiveOnce(listener.getLocalPort()));
            } catch (IOException failure) {
              return waiting.completeExceptionally(failure);
            }
          });
    });
    Peer peer = network.accept(listener);

    for (int round = 0; round < 3; round++) {
      collectOnce();
      network.perform(() -> {});
    }
    peer.send("x");

    Expect.equal(
        "whether something was received", true, network.await("the task must receive", waiting));
  }

  /** Closes the loop while sockets are open. */
  @Rule("20.24")
  @Hint("Close the remaining sockets with the loop.")
  void closingTheLoopClosesItsSockets() throws IOException {
    var listener = network.listen();
    AsyncSocket socket =
        fixture.run(() -> {
          AsyncSocket opened = loop.openSocket(StandardProtocolFamily.INET);
          opened.connect(Network.endpoint(listener.getLocalPort()));
          return opened;
        });
    Peer peer = network.accept(listener);

    loop.close();

    peer.expectClosed("a socket of a loop that was closed");
    Expect.that("the socket must be closed", !socket.isOpen());
    IllegalStateException _ =
        Expect.thrown(
            IllegalStateException.class,
            "openSocket on a closed loop",
            () -> loop.openSocket(StandardProtocolFamily.INET).close());
  }

  /** Reports of earlier collections, if any, arrive before this returns. */
  private void collectOnce() {
    ReferenceQueue<Object> found = new ReferenceQueue<>();
    Reference<Object> forgotten = new PhantomReference<>(new Object(), found);
    try {
      fixture
          .patience()
          .untilCollected(
              "an object that is forgotten must be collected", () -> found.poll() != null);
    } finally {
      Reference.reachabilityFence(forgotten);
    }
  }

  private static void connectAndForget(AsyncSocket socket, InetSocketAddress to)
      throws IOException {
    socket.connect(to);
    socket.sendAll(ByteBuffer.wrap(Network.bytes("hello")));
  }

  private void connectAndForget(InetSocketAddress to) throws IOException {
    connectAndForget(loop.openSocket(StandardProtocolFamily.INET), to);
  }

  /** Only the call itself refers to the socket. */
  private boolean receiveOnce(int port) throws IOException {
    List<WeakReference<AsyncSocket>> opened = new ArrayList<>();
    int count = noted(connected(port), opened).receive(ByteBuffer.allocate(1));
    AsyncSocket left = opened.getFirst().get();
    if (left != null) {
      left.close();
    }
    return count == 1;
  }

  private static AsyncSocket noted(AsyncSocket socket, List<WeakReference<AsyncSocket>> opened) {
    opened.add(new WeakReference<>(socket));
    return socket;
  }

  private AsyncSocket connected(int port) throws IOException {
    AsyncSocket socket = loop.openSocket(StandardProtocolFamily.INET);
    socket.connect(Network.endpoint(port));
    return socket;
  }

  private List<IllegalStateException> refusals(SocketLink link) {
    return List.of(
        Expect.thrown(
            IllegalStateException.class,
            "receive without a task",
            () -> link.socket().receive(ByteBuffer.allocate(1))),
        Expect.thrown(
            IllegalStateException.class,
            "sendAll without a task",
            () -> link.socket().sendAll(ByteBuffer.allocate(1))));
  }
}
