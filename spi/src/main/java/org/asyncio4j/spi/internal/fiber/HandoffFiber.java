package org.asyncio4j.spi.internal.fiber;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.asyncio4j.internal.describe.Described;
import org.asyncio4j.spi.coroutine.Suspension;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread of the JDK's scheduler that runs only while it holds the baton. The thread that
 * passes the baton on waits until it is returned, so a body that parks elsewhere holds its loop.
 */
final class HandoffFiber<T extends @Nullable Object> extends Fiber<T> {

  private static final ThreadLocal<@Nullable HandoffFiber<?>> CURRENT = new ThreadLocal<>();

  private final HoldWatch watch;
  private final @Nullable Alarm alarm;
  private final Thread thread;
  private boolean started;
  private volatile boolean hasBaton;
  private volatile @Nullable Thread sender;
  private volatile boolean released;

  /** Creates a fiber that runs a body when it is resumed. */
  HandoffFiber(
      Object owner,
      HoldWatch watch,
      @Nullable Alarm alarm,
      String name,
      Callable<? extends T> body) {
    super(owner, true);
    this.watch = watch;
    this.alarm = alarm;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> main(body));
  }

  /** Creates the fiber of the loop itself. */
  HandoffFiber(Object owner, HoldWatch watch, String name, Runnable loop) {
    super(owner, false);
    this.watch = watch;
    this.alarm = null;
    this.thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(() -> {
              CURRENT.set(this);
              loop.run();
            });
  }

  static @Nullable HandoffFiber<?> ofThread() {
    return CURRENT.get();
  }

  @Override
  public Thread thread() {
    return thread;
  }

  /** Returns the alarm that interrupts the body while it holds the loop, if there is one. */
  @Nullable Alarm alarm() {
    return alarm;
  }

  @Override
  void release() {
    released = true;
    sender = null;
    hasBaton = true;
    if (started) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  void switchOut() {
    if (released) {
      throw new IllegalStateException("cannot wait: the loop is closed");
    }
    passBack();
    awaitBaton(true);
    if (!released) {
      watch.change(this);
    }
  }

  @Override
  Suspension switchIn() {
    Fiber<?> caller = Fiber.current();
    if (caller == null || caller.owner() != owner()) {
      throw new WrongThreadException(
          "cannot resume a coroutine: it must be resumed on its loop's thread, not on "
              + Described.currentThread());
    }
    HandoffFiber<?> waiting = watch.change(null);
    sender = Thread.currentThread();
    hasBaton = true;
    if (started) {
      LockSupport.unpark(thread);
    } else {
      started = true;
      thread.start();
    }
    awaitBaton(false);
    watch.change(waiting);
    return suspension();
  }

  private void main(Callable<? extends T> body) {
    CURRENT.set(this);
    watch.change(this);
    runBody(body);
    passBack();
  }

  private void passBack() {
    watch.change(null);
    Thread waiting = sender;
    hasBaton = false;
    LockSupport.unpark(waiting);
  }

  /**
   * Waits until the baton arrives here or, if {@code here} is false, until it is returned; an
   * interrupt is kept for later.
   */
  private void awaitBaton(boolean here) {
    // Not by Parking: the lambda would be an allocation at each switch.
    boolean interrupted = false;
    while (hasBaton != here) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
