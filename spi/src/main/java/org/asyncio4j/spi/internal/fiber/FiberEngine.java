package org.asyncio4j.spi.internal.fiber;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.asyncio4j.core.Task;
import org.jspecify.annotations.Nullable;

/** Owns the thread and the fibers of one loop. There is one implementation per kind of switch. */
public sealed interface FiberEngine permits CarrierEngine, HandoffEngine {

  /** {@return {@code carrier} or {@code handoff}} */
  String name();

  /**
   * Returns whether the caller is on the loop's thread: in one of its fibers, or on their carrier.
   *
   * @param caller the result of {@link Fiber#current()} on this thread
   * @return whether the caller is on the loop's thread
   */
  boolean isLoopThread(@Nullable Fiber<?> caller);

  /**
   * Runs a loop on the loop's thread while the calling thread waits. An exception of the loop is
   * thrown here.
   *
   * @param cycle runs until the loop is stopped
   * @throws IOException if polling failed
   */
  void run(Cycle cycle) throws IOException;

  /**
   * Creates an unstarted fiber for the body of a task.
   *
   * @param name the name of its thread
   * @param body the code to run
   * @param onRunnable called from any thread when a parked body can continue; never throws or
   *     blocks
   * @param <T> the type of the result
   * @return the fiber
   */
  <T extends @Nullable Object> Fiber<T> newFiber(
      String name, Callable<? extends T> body, Runnable onRunnable);

  /**
   * Returns whether this engine runs a coroutine on the thread that carries the fibers, so that no
   * other fiber is involved.
   *
   * @param coroutine any coroutine
   * @return whether its {@code send} may be called between callbacks, outside a fiber
   */
  boolean carries(Object coroutine);

  /** Runs callbacks of the batch in a runner fiber until the batch ends. */
  void runCallbacks();

  /**
   * Calls a hook on the thread that polls.
   *
   * @param waitNanos the maximum time to wait
   * @param poll the hook
   * @throws IOException if the hook throws it
   */
  void poll(long waitNanos, Poll poll) throws IOException;

  /**
   * {@return whether the thread that ticks is the one that polls} If not, other code needs that
   * thread while the loop waits.
   */
  boolean pollsWhereItTicks();

  /** {@return whether code that parks outside {@code await} blocks the loop} */
  boolean isHeldByParked();

  /** {@return the thread on which the loop polls} */
  PollThread pollThread();

  /**
   * Releases the fibers and lets the thread end; fibers that are parked elsewhere continue on the
   * JDK's scheduler.
   */
  void close();

  /** A complete run. */
  @FunctionalInterface
  interface Cycle {

    /**
     * Ticks until the loop is stopped.
     *
     * @throws IOException if polling failed
     */
    void run() throws IOException;
  }

  /** A wait for I/O. */
  @FunctionalInterface
  interface Poll {

    /**
     * Waits for I/O.
     *
     * @param waitNanos the maximum time to wait
     * @throws IOException if polling failed
     */
    void poll(long waitNanos) throws IOException;
  }

  /** The callbacks of a tick, for a runner fiber. */
  interface Batch {

    /**
     * Runs callbacks in order, until none is left or the runner is no longer the current one.
     *
     * @param runner the calling fiber
     */
    void runCallbacks(Runner runner);

    /** Called on the loop's thread when a callback was parked. */
    void callbackParked();

    /** {@return the loop's time in nanoseconds} Callable from any thread. */
    long time();

    /** {@return the current task} Called on the loop's thread. */
    @Nullable Task<?> currentTask();

    /**
     * Sets the current task. Called on the loop's thread.
     *
     * @param task the task, or {@code null} for none
     */
    void setCurrentTask(@Nullable Task<?> task);

    /**
     * Runs an action on the loop's thread, outside of fibers, in a later tick. Callable from any
     * thread; never throws or blocks.
     *
     * @param action switches to a fiber and does nothing else
     */
    void resumeLater(Runnable action);
  }

  /** The fiber that runs callbacks. */
  interface Runner {

    /** {@return the fiber, for the context of the callbacks} */
    Fiber<?> fiber();

    /** {@return whether this runner was not replaced while one of its callbacks was parked} */
    boolean isCurrent();
  }
}
