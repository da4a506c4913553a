package org.asyncio4j.tck.faults;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A connection that is relayed: two sockets, and a line in each direction. */
final class Relay {

  /**
   * The time that data of one side may take to reach the other side after the sender has hung up.
   */
  private static final Duration LAST_WORDS = Duration.ofMillis(50);

  private final SocketChannel caller;
  private final SocketChannel target;
  private final Line toTarget;
  private final Line toCaller;
  private final AtomicInteger running = new AtomicInteger(2);
  private final List<Thread> threads;
  private final Consumer<Relay> whenOver;

  Relay(
      SocketChannel caller,
      SocketChannel target,
      ConnectionPlan.Relayed plan,
      Consumer<Relay> whenOver) {
    this.caller = caller;
    this.whenOver = whenOver;
    this.target = target;
    this.toTarget = new Line(caller, target, plan.toTarget());
    this.toCaller = new Line(target, caller, plan.toCaller());
    this.threads =
        Stream.<Runnable>of(() -> run(toTarget, toCaller), () -> run(toCaller, toTarget))
            .map(line -> Thread.ofPlatform().daemon().name("fault-line").unstarted(line))
            .toList();
  }

  void start() {
    threads.forEach(Thread::start);
  }

  List<Thread> threads() {
    return threads;
  }

  /** Ends both sockets, in any state, and every pause. */
  void close() {
    threads.forEach(Thread::interrupt);
    closeSockets();
  }

  private void closeSockets() {
    Sockets.closeQuietly(caller);
    Sockets.closeQuietly(target);
  }

  private void run(Line line, Line other) {
    switch (line.run()) {
      case ENDED -> {}
      case RESET -> resetBoth();
      case UNHEARD -> {
        // The side that hung up may have sent data before: that arrives first, as it would
        // directly.
        other.awaitEnd(LAST_WORDS);
        resetBoth();
      }
    }
    if (running.decrementAndGet() == 0) {
      closeSockets();
      whenOver.accept(this);
    }
  }

  private void resetBoth() {
    Sockets.reset(caller);
    Sockets.reset(target);
  }
}
