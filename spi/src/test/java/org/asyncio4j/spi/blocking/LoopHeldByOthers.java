package org.asyncio4j.spi.blocking;

import static org.asyncio4j.spi.blocking.HeldLoop.TEN;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.TestLoop;
import org.jspecify.annotations.Nullable;

/** A loop that a task holds while others wait for that task, by a clock that the test moves. */
abstract class LoopHeldByOthers {

  static final TaskOptions EAGER = TaskOptions.defaults().withEagerStart(true);

  /** The events of holding and interrupting, and those noted by the test. */
  final List<String> trace = new CopyOnWriteArrayList<>();

  private final SynchronousQueue<String> queue = new SynchronousQueue<>();
  private final AtomicReference<Thread> holder = new AtomicReference<>();
  private HeldLoop held;

  final void run(Body body) {
    try (HeldLoop loop = HeldLoop.open()) {
      held = loop;
      loop.run(() -> {
        body.run(loop);
        return null;
      });
    }
  }

  /** Holds the loop until it is released or interrupted. */
  final String hold() throws InterruptedException {
    noteHolder();
    trace.add("holds");
    try {
      return queue.take();
    } catch (InterruptedException interrupted) {
      trace.add("interrupted");
      throw interrupted;
    }
  }

  /** The caller is about to hold the loop. */
  final void noteHolder() {
    holder.set(Thread.currentThread());
  }

  final void passWhenHeld() {
    help(() -> {
      awaitHeld();
      pass(TEN);
    });
  }

  final void releaseWhenHeld(Duration after) {
    help(() -> {
      awaitHeld();
      pass(after);
      held.awaitLooks();
      queue.put("released");
    });
  }

  final void awaitHeld() {
    TestLoop.spinUntil(
        () -> holder.get() != null && holder.get().getState() == Thread.State.WAITING);
    holder.set(null);
  }

  final void pass(Duration time) {
    held.pass(time);
  }

  final void help(HeldLoop.Action action) {
    held.help(action);
  }

  /** The body of a task of the loop. */
  @FunctionalInterface
  interface Body {
    void run(TestLoop loop) throws Exception;
  }

  /** Holds the loop, swallows the interrupt, and counts the requests to cancel it. */
  final @Nullable Void swallowAndCount(TestLoop loop) {
    try {
      hold();
    } catch (InterruptedException swallowed) {
      // Goes on.
    }
    try {
      loop.<String>createFuture().await();
    } catch (CancelledError seen) {
      trace.add("seen");
    }
    Awaiter.yieldOnce();
    Awaiter.yieldOnce();
    trace.add("requests: " + HeldLoop.ownTask().cancelling());
    return null;
  }
}
