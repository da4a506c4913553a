package org.asyncio4j.tck.rules.sockets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.SocketLink;
import org.asyncio4j.tck.probe.Waiters;

/** Chapter 20, part two: tasks that wait for a socket, and how waiting ends. */
@Requires(Capability.SOCKETS)
final class SocketWaitRules {

  private static final int PLENTY_BYTES = 32 << 20;

  private final LoopFixture fixture;
  private final Network network;
  private final EventLoop loop;

  SocketWaitRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.loop = fixture.loop();
  }

  /** Cancels a task that waits for data, and receives in another. */
  @Rule("20.12")
  @Hint("Read in the task, when it resumes, and not before.")
  void aCancelledReceiveTakesNothing() {
    SocketLink link = network.connectSocket();
    ByteBuffer target = ByteBuffer.allocate(8);
    CompletableFuture<Integer> waiting = network.begin(() -> link.socket().receive(target));

    boolean cancelled = waiting.cancel(true);
    Expect.that("a task that waits must take the cancellation", cancelled);
    network.settle(3);
    link.peer().send("all");

    Expect.equal("what is received next", "all", network.run(() -> link.receiveText(3)));
    Expect.equal("what the cancelled task has received", 0, target.position());
  }

  /**
   * Cancels a task that waits, and receives at once, before that task has ended. Data may come in
   * between.
   */
  @Rule("20.13")
  @Hint("Ignore a task that was cancelled.")
  void theSocketIsFreeAsSoonAsItsTaskIsCancelled() {
    SocketLink link = network.connectSocket();

    List<String> heard =
        network.run(() -> {
          Task<Integer> first =
              loop.createTask(() -> link.socket().receive(ByteBuffer.allocate(8)));
          Waiters.giveWay(3);
          boolean cancelled = first.cancel();
          Expect.that("a task that waits must take the cancellation", cancelled);
          Task<Boolean> sender =
              loop.createTask(() -> {
                Waiters.giveWay(3);
                link.peer().send("one");
                return true;
              });
          String one = link.receiveText(3);
          boolean _ = sender.await();
          link.peer().send("two");
          Expect.that("the first task must be cancelled", first.isCancelled());
          return List.of(one, link.receiveText(3));
        });

    Expect.equal("what is received", List.of("one", "two"), heard);
  }

  /** Makes two tasks receive. */
  @Rule("20.14")
  @Hint("Refuse the second, and do not affect the first.")
  void aSecondReaderIsRefused() {
    SocketLink link = network.connectSocket();
    CompletableFuture<String> first = network.begin(() -> link.receiveText(5));

    String refusal =
        network.run(() ->
            String.valueOf(
                Expect.thrown(
                        IllegalStateException.class,
                        "receive while another task receives",
                        () -> link.socket().receive(ByteBuffer.allocate(1)))
                    .getMessage()));
    Expect.mentions("the refusal", refusal, "receive");
    link.peer().send("first");

    Expect.equal("what the first receives", "first", network.await("it must receive", first));
  }

  /** Makes two tasks send to a peer that does not read. */
  @Rule("20.15")
  @Hint("Refuse the second, and do not affect the first.")
  void aSecondWriterIsRefused() {
    SocketLink link = network.connectSocket();
    ByteBuffer plenty = ByteBuffer.allocate(PLENTY_BYTES);
    CompletableFuture<Boolean> first =
        network.begin(() -> {
          link.socket().sendAll(plenty);
          return true;
        });

    String refusal =
        network.run(() ->
            String.valueOf(
                Expect.thrown(
                        IllegalStateException.class,
                        "send while another task sends",
                        () -> link.send("x"))
                    .getMessage()));
    Expect.mentions("the refusal", refusal, "sendAll");
    link.peer().skip(PLENTY_BYTES);

    boolean ignored = network.await("the first must be sent", first);
  }

  /** Cancels a task that sends more than the system takes, and lets the peer read. */
  @Rule("20.16")
  @Hint("Move the position of the buffer as bytes are sent.")
  void aCancelledSendReportsItsProgress() {
    SocketLink link = network.connectSocket();
    ByteBuffer plenty = ByteBuffer.allocate(PLENTY_BYTES);
    CompletableFuture<Boolean> sending =
        network.begin(() -> {
          link.socket().sendAll(plenty);
          return true;
        });
    network.settle(3);

    boolean ignored = sending.cancel(true);
    network.settle(3);
    int sent = network.call(plenty::position);
    Expect.that("a part must be sent, not all", sent > 0 && sent < PLENTY_BYTES);
    CompletableFuture<Boolean> ending =
        network.begin(() -> {
          link.send("end");
          return true;
        });

    link.peer().skip(sent);
    Expect.equal("what follows", "end", link.peer().receiveText(3));
    ignored = network.await("the socket must send again", ending);
  }

  /** Closes a socket for which a task waits. */
  @Rule("20.17")
  @Hint("Wake the task that waits before the descriptor is closed.")
  void closeWakesWaitingTasks() {
    SocketLink link = network.connectSocket();
    CompletableFuture<Integer> reading =
        network.begin(() -> link.socket().receive(ByteBuffer.allocate(8)));

    network.perform(link.socket()::close);

    Throwable failure = network.awaitFailure("a task that waits must fail", reading);
    Expect.that("it must be an IOException but was " + failure, failure instanceof IOException);
    Expect.mentions("the failure", failure.getMessage(), "closed");
    link.peer().expectEnd();
  }

  /** Closes a listening socket on which a task accepts. */
  @Rule("20.18")
  @Hint("Wake the task that waits before the descriptor is closed.")
  void closeWakesAcceptingTasks() {
    AsyncServerSocket listener = bound();
    CompletableFuture<AsyncSocket> accepting = network.begin(listener::accept);

    network.perform(listener::close);

    Throwable failure = network.awaitFailure("a task that accepts must fail", accepting);
    Expect.that("it must be an IOException but was " + failure, failure instanceof IOException);
  }

  /** Uses a socket that was closed, twice. */
  @Rule("20.19")
  @Hint("First check whether the socket is open.")
  void aClosedSocketRefusesAllOperations() {
    SocketLink link = network.connectSocket();
    network.perform(link.socket()::close);
    network.perform(link.socket()::close);

    network.run(() -> {
      IOException receiving =
          Expect.thrown(
              IOException.class,
              "receive on a closed socket",
              () -> link.socket().receive(ByteBuffer.allocate(1)));
      Expect.mentions("the failure", receiving.getMessage(), "closed");
      IOException sending =
          Expect.thrown(IOException.class, "send on a closed socket", () -> link.send("x"));
      Expect.mentions("the failure", sending.getMessage(), "closed");
      Expect.that("a closed socket must say so", !link.socket().isOpen());
      return true;
    });
  }

  /** Cancels a task that accepts, and accepts in another. */
  @Rule("20.20")
  @Hint("Accept in the task, when it resumes, and not before.")
  void aCancelledAcceptLosesNoConnection() throws IOException {
    AsyncServerSocket listener = bound();
    CompletableFuture<AsyncSocket> waiting = network.begin(listener::accept);
    boolean ignored = waiting.cancel(true);
    Peer peer = network.connectTo((InetSocketAddress) listener.localAddress());

    network.run(() -> {
      try (AsyncSocket accepted = listener.accept()) {
        accepted.sendAll(ByteBuffer.wrap(Network.bytes("served")));
        return true;
      }
    });

    peer.expectText("served");
  }

  private AsyncServerSocket bound() {
    AsyncServerSocket listener =
        network.call(() -> {
          AsyncServerSocket opened = loop.openServerSocket(StandardProtocolFamily.INET);
          opened.bind(Network.endpoint(0));
          return opened;
        });
    fixture.onClose(listener::close);
    return listener;
  }
}
