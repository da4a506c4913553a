package org.asyncio4j.tck.rules.sockets;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Polls;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.SocketLink;

/** Chapter 20, part five: callbacks that watch sockets. */
@Requires({Capability.SOCKETS, Capability.WATCHING})
final class WatchRules {

  private final LoopFixture fixture;
  private final Network network;
  private final EventLoop loop;
  private final AtomicInteger calls = new AtomicInteger();

  WatchRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.loop = fixture.loop();
  }

  /** Watches a socket, sends something, and does not receive it. */
  @Rule("20.32")
  @Hint("Queue the callback at each poll that finds the socket ready.")
  void aReaderIsCalledWhileThereIsData() {
    SocketLink link = network.connectSocket();
    Watchable socket = Watchable.of(link.socket());
    add(socket, calls::incrementAndGet);
    network.settle(3);
    Expect.equal("the calls before anything was sent", 0, calls.get());

    link.peer().send("x");

    fixture.patience().until("a reader must be called repeatedly", () -> calls.get() >= 3);
    Expect.equal("whether there was a reader", true, network.call(() -> loop.removeReader(socket)));
  }

  /** Receives all data, and checks that the callback is not called any more. */
  @Rule("20.33")
  @Hint("Watch level-triggered.")
  void aReaderIsNotCalledWithoutData() {
    SocketLink link = network.connectSocket();
    Watchable socket = Watchable.of(link.socket());
    add(socket, calls::incrementAndGet);
    link.peer().send("x");
    fixture.patience().until("a reader must be called", () -> calls.get() > 0);

    Expect.equal("what is received", "x", network.run(() -> link.receiveText(1)));
    network.settle(2);
    int before = calls.get();
    fixture
        .patience()
        .during("a reader must not be called without need", () -> calls.get() == before);
    link.peer().send("y");
    fixture.patience().until("a reader must be called again", () -> calls.get() > before);
    Expect.equal("whether there was a reader", true, network.call(() -> loop.removeReader(socket)));
  }

  /** Adds a second reader. */
  @Rule("20.34")
  @Hint("Cancel the first, and keep one.")
  void aNewReaderReplacesThePreviousOne() {
    SocketLink link = network.connectSocket();
    Watchable socket = Watchable.of(link.socket());
    AtomicInteger former = new AtomicInteger();
    Handle first = add(socket, former::incrementAndGet);
    Handle second = add(socket, calls::incrementAndGet);
    Expect.equal("whether the first is cancelled", true, network.call(first::isCancelled));
    Expect.equal("whether the second is cancelled", false, network.call(second::isCancelled));

    link.peer().send("x");

    fixture.patience().until("the second must be called", () -> calls.get() > 0);
    Expect.equal("the calls of the first", 0, former.get());
    network.perform(second::cancel);
    Expect.equal(
        "whether there is a reader left", false, network.call(() -> loop.removeReader(socket)));
  }

  /** Removes a reader, twice, in the tick in which it is about to be called. */
  @Rule("20.35")
  @Hint("Cancel the queued callback, too.")
  void aRemovedReaderIsNotCalled() {
    SocketLink link = network.connectSocket();
    Watchable socket = Watchable.of(link.socket());
    AtomicInteger late = new AtomicInteger();
    AtomicReference<Boolean> removed = new AtomicReference<>();
    add(
        socket,
        () -> {
          if (removed.get() != null) {
            int ignored = late.incrementAndGet();
          }
        });
    network.perform(() -> {
      link.peer().send("x");
      Polls.outlastLastPoll();
      // Queued before the poll, so this runs before the reader that the poll queues.
      Handle _ =
          loop.callSoon(() -> {
            Handle _ = loop.callSoon(() -> removed.set(loop.removeReader(socket)));
          });
    });
    fixture.patience().until("the reader must be removed", () -> removed.get() != null);
    Expect.equal("whether there was a reader", true, removed.get());
    Expect.equal("whether there is one left", false, network.call(() -> loop.removeReader(socket)));

    network.settle(3);
    Expect.equal("the calls after the removal", 0, late.get());
  }

  /** Removes a reader in its own callback, and then receives. */
  @Rule("20.36")
  @Hint("Allow it.")
  void aReaderMayRemoveItself() {
    SocketLink link = network.connectSocket();
    Watchable socket = Watchable.of(link.socket());
    AtomicReference<Boolean> removed = new AtomicReference<>();
    add(
        socket,
        () -> {
          int ignored = calls.incrementAndGet();
          removed.set(loop.removeReader(socket));
        });

    link.peer().send("x");

    fixture.patience().until("the reader must be called", () -> removed.get() != null);
    network.settle(3);
    Expect.equal("whether there was a reader", true, removed.get());
    Expect.equal("the calls", 1, calls.get());
    Expect.equal("what is left", "x", network.run(() -> link.receiveText(1)));
  }

  /** Watches for room, together with a reader. */
  @Rule("20.37")
  @Hint("Keep the two directions separate.")
  void aWriterIsCalledWhenThereIsRoom() {
    SocketLink link = network.connectSocket();
    Watchable socket = Watchable.of(link.socket());
    AtomicInteger reads = new AtomicInteger();
    add(socket, reads::incrementAndGet);

    network.perform(() -> {
      Handle _ = loop.addWriter(socket, calls::incrementAndGet);
    });

    fixture.patience().until("a writer must be called", () -> calls.get() >= 2);
    Expect.equal("whether there was a writer", true, network.call(() -> loop.removeWriter(socket)));
    Expect.equal("the calls of the reader", 0, reads.get());
    link.peer().send("x");
    fixture.patience().until("the reader must be called", () -> reads.get() > 0);
    Expect.equal("whether there was a reader", true, network.call(() -> loop.removeReader(socket)));
  }

  /** Watches a socket for which a task waits, and one that belongs to a transport. */
  @Rule("20.38")
  @Hint("Refuse both; asyncio loses the task.")
  void aSocketInUseIsNotWatched() {
    SocketLink busy = network.connectSocket();
    CompletableFuture<String> reading = network.begin(() -> busy.receiveText(4));
    expectRefusal(Watchable.of(busy.socket()));
    busy.peer().send("mine");
    Expect.equal("what arrives", "mine", network.await("the task must receive", reading));

    SocketLink taken = network.connectSocket();
    ProbeProtocol protocol = new ProbeProtocol();
    var transport =
        network.run(() -> loop.createConnection(() -> protocol, taken.socket()).transport());
    expectRefusal(Watchable.of(taken.socket()));
    taken.peer().send("still");
    fixture.patience().until("data must arrive", () -> protocol.received().equals("still"));
    network.perform(transport::close);
  }

  /** Closes a socket that is watched and ready, and then watches it. */
  @Rule("20.39")
  @Hint("Remove the callbacks with the socket.")
  void closingTheSocketEndsTheWatching() {
    SocketLink link = network.connectSocket();
    Watchable socket = Watchable.of(link.socket());
    Handle reader = add(socket, calls::incrementAndGet);
    link.peer().send("x");
    fixture.patience().until("the reader must be called", () -> calls.get() > 0);

    int atTheEnd =
        network.call(() -> {
          link.socket().close();
          return calls.get();
        });
    network.settle(3);

    Expect.equal("the calls after the end", atTheEnd, calls.get());
    Expect.equal("whether the reader is cancelled", true, network.call(reader::isCancelled));
    expectRefusal(socket);
  }

  /** Adds a reader where a context variable has a value, and then changes the variable. */
  @Rule("20.40")
  @Hint("Call it in a copy of the context of `addReader`.")
  void aReaderRunsInTheContextInWhichItWasAdded() {
    SocketLink link = network.connectSocket();
    Watchable socket = Watchable.of(link.socket());
    ContextVar<String> variable = ContextVar.withDefault("tck-watch", "nothing");
    AtomicReference<String> seen = new AtomicReference<>();
    network.run(() -> {
      var _ = variable.set("then");
      Handle _ = loop.addReader(socket, () -> seen.set(variable.get()));
      var _ = variable.set("later");
      return true;
    });

    link.peer().send("x");

    fixture.patience().until("the reader must be called", () -> seen.get() != null);
    Expect.equal("the variable", "then", seen.get());
    Expect.equal("whether there was a reader", true, network.call(() -> loop.removeReader(socket)));
  }

  /** Calls {@code addReader} and {@code removeReader} on a closed loop. */
  @Rule("20.41")
  @Hint("Check whether the loop is open.")
  void aClosedLoopWatchesNothing() throws IOException {
    var socket = loop.openSocket(StandardProtocolFamily.INET);
    Watchable watchable = Watchable.of(socket);
    loop.close();

    IllegalStateException _ =
        Expect.thrown(
            IllegalStateException.class,
            "addReader on a closed loop",
            () -> loop.addReader(watchable, calls::incrementAndGet));
    Expect.equal("whether there was a reader", false, loop.removeReader(watchable));
    Expect.equal("whether there was a writer", false, loop.removeWriter(watchable));
  }

  /** Watches a pipe of the JDK. */
  @Rule("20.42")
  @Hint("Register the channel with the selector.")
  @Requires(Capability.WATCHING_CHANNELS)
  void channelsAreWatched() throws IOException {
    Pipe pipe = Pipe.open();
    fixture.onClose(() -> closeBoth(pipe));
    var _ = pipe.source().configureBlocking(false);
    Watchable source = Watchable.of(pipe.source());
    ByteBuffer heard = ByteBuffer.allocate(4);
    add(
        source,
        () -> {
          try {
            int ignored = pipe.source().read(heard);
          } catch (IOException broken) {
            throw new IllegalStateException(broken);
          }
        });

    int ignored = pipe.sink().write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));

    fixture.patience().until("what is written must be read", () -> heard.position() == 4);
    Expect.equal("whether there was a reader", true, network.call(() -> loop.removeReader(source)));
  }

  /** Watches descriptors that are not open, some of them with numbers that no system assigns. */
  @Rule("20.63")
  @Hint("Check with the system before a table grows with the number.")
  @Requires(Capability.WATCHING_DESCRIPTORS)
  void aDescriptorThatIsNotOpenIsRefused() {
    for (int number : new int[] {1_000_000, 1_000_000_000, Integer.MAX_VALUE}) {
      Watchable closed = Watchable.ofDescriptor(number);
      network.perform(() -> {
        IOException _ =
            Expect.thrown(
                IOException.class,
                "addReader of descriptor %d, which is not open".formatted(number),
                () -> loop.addReader(closed, calls::incrementAndGet));
        IOException _ =
            Expect.thrown(
                IOException.class,
                "addWriter of descriptor %d, which is not open".formatted(number),
                () -> loop.addWriter(closed, calls::incrementAndGet));
        Expect.equal("whether there is a reader", false, loop.removeReader(closed));
        Expect.equal("whether there is a writer", false, loop.removeWriter(closed));
      });
    }

    SocketLink link = network.connectSocket();
    Watchable socket = Watchable.of(link.socket());
    add(socket, calls::incrementAndGet);
    link.peer().send("x");
    fixture.patience().until("another reader must be called", () -> calls.get() > 0);
    Expect.equal("whether there was a reader", true, network.call(() -> loop.removeReader(socket)));
  }

  private Handle add(Watchable what, Runnable callback) {
    return network.call(() -> loop.addReader(what, callback));
  }

  private void expectRefusal(Watchable what) {
    network.perform(() -> {
      IllegalStateException _ =
          Expect.thrown(
              IllegalStateException.class,
              "addReader on a socket in use or closed",
              () -> loop.addReader(what, calls::incrementAndGet));
    });
  }

  private static void closeBoth(Pipe pipe) {
    try {
      pipe.source().close();
      pipe.sink().close();
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
