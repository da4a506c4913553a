package org.asyncio4j.spi.internal.fiber;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The polls of a loop that is a virtual thread. They run on one platform thread: a native wait in a
 * virtual thread would occupy one of the few carriers of the JDK's scheduler, and a kernel may tie
 * requests to the thread that made them. When that thread has nothing to poll, it watches the code
 * that holds the loop.
 */
final class BlockingPolls {

  private final PollThread thread;
  private final HoldWatch watch;
  private volatile @Nullable Request pending;
  private volatile @Nullable Thread server; // the thread, while it is in use
  private volatile boolean stopping;
  private PollThread.@Nullable Errand serving; // confined to the thread that runs the loop

  BlockingPolls(String name, HoldWatch watch) {
    this.thread = new PollThread(name, 0);
    this.watch = watch;
  }

  PollThread thread() {
    return thread;
  }

  void start() {
    stopping = false;
    serving = thread.start(this::serve);
  }

  void stop() {
    stopping = true;
    LockSupport.unpark(server);
    if (serving != null) {
      Throwable ignored = serving.await();
      serving = null;
    }
  }

  /** Polls on the platform thread while the calling thread is parked. */
  void poll(long waitNanos, FiberEngine.Poll poll) throws IOException {
    Request request = new Request(waitNanos, poll, Thread.currentThread());
    pending = request;
    LockSupport.unpark(server);
    Parking.until(this, () -> request.done);
    RunFailure.rethrow(request.thrown);
  }

  private void serve() {
    server = Thread.currentThread();
    while (!stopping) {
      Request request = pending;
      if (request == null) {
        LockSupport.parkNanos(this, watch.look());
      } else {
        pending = null;
        request.serve();
      }
    }
    server = null;
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
