package org.asyncio4j.spi.internal.fiber;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that waits for I/O in place of a virtual one: a native wait in a virtual thread
 * would keep one of the few carriers of the JDK's scheduler from everybody else. When it has
 * nothing to wait for, it watches over who holds the loop.
 */
final class BlockingPolls {

  private final String name;
  private final HoldWatch watch;
  private volatile @Nullable Request pending;
  private volatile @Nullable Thread thread;

  BlockingPolls(String name, HoldWatch watch) {
    this.name = name;
    this.watch = watch;
  }

  void start() {
    Thread started = Thread.ofPlatform().daemon(true).name(name).unstarted(this::serve);
    thread = started;
    started.start();
  }

  void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      LockSupport.unpark(running);
      Joining.uninterruptibly(running);
    }
  }

  /** Polls on the platform thread while the calling thread is parked. */
  void poll(long waitNanos, FiberEngine.Poll poll) throws IOException {
    Request request = new Request(waitNanos, poll, Thread.currentThread());
    pending = request;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (!request.done) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Joining.rethrow(request.thrown);
  }

  private void serve() {
    while (thread == Thread.currentThread()) {
      Request request = pending;
      if (request == null) {
        LockSupport.parkNanos(this, watch.look());
      } else {
        pending = null;
        request.serve();
      }
    }
  }

  private static final class Request {

    private final long waitNanos;
    private final FiberEngine.Poll poll;
    private final Thread asker;
    private @Nullable Throwable thrown;
    private volatile boolean done;

    Request(long waitNanos, FiberEngine.Poll poll, Thread asker) {
      this.waitNanos = waitNanos;
      this.poll = poll;
      this.asker = asker;
    }

    void serve() {
      try {
        poll.poll(waitNanos);
      } catch (Throwable failure) {
        thrown = failure;
      }
      done = true;
      LockSupport.unpark(asker);
    }
  }
}
