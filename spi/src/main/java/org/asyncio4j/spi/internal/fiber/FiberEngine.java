package org.asyncio4j.spi.internal.fiber;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.asyncio4j.core.Task;
import org.jspecify.annotations.Nullable;

/** Owns the thread and the fibers of one loop. One implementation for each kind of switch. */
public sealed interface FiberEngine permits CarrierEngine, HandoffEngine {

  /** {@return {@code carrier} or {@code handoff}} */
  String name();

  /**
   * Tells whether the caller is on the loop's thread: in one of its fibers, or carrying them.
   *
   * @param caller what {@link Fiber#current()} returns here
   * @return whether that is so
   */
  boolean isLoopThread(@Nullable Fiber<?> caller);

  /**
   * Runs a loop on the loop's thread; the calling thread waits. What it throws is thrown here.
   *
   * @param cycle runs until the loop is stopped
   * @throws IOException if polling failed
   */
  void run(Cycle cycle) throws IOException;

  /**
   * Makes a fiber for the body of a task. It is not started yet.
   *
   * @param name the name of its thread
   * @param body what it runs
   * @param onRunnable called from any thread when a parked body can go on; never throws or blocks
   * @param <T> the type of the result
   * @return the fiber
   */
  <T extends @Nullable Object> Fiber<T> newFiber(
      String name, Callable<? extends T> body, Runnable onRunnable);

  /**
   * Tells whether this engine runs a coroutine on the thread that carries the fibers, so that no
   * other fiber need be involved.
   *
   * @param coroutine any coroutine
   * @return whether its {@code send} may be called between callbacks, outside a fiber
   */
  boolean carries(Object coroutine);

  /** Runs callbacks of the batch in a runner fiber until the batch wants no more. */
  void runCallbacks();

  /**
   * Calls a hook on the thread that polls.
   *
   * @param waitNanos how long it may wait
   * @param poll the hook
   * @throws IOException if the hook throws it
   */
  void poll(long waitNanos, Poll poll) throws IOException;

  /**
   * {@return whether the thread that ticks is the one that polls} If not, it is a thread that
   * others need while the loop waits.
   */
  boolean pollsWhereItTicks();

  /** {@return whether code that parks outside {@code await} keeps all others from running} */
  boolean isHeldByParked();

  /** {@return the thread on which the loop polls} */
  PollThread pollThread();

  /**
   * Forgets the fibers, and lets the thread end; those that are parked elsewhere go on with the
   * JDK's scheduler.
   */
  void close();

  /** The whole of a run. */
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
     * Waits.
     *
     * @param waitNanos how long
     * @throws IOException if polling failed
     */
    void poll(long waitNanos) throws IOException;
  }

  /** The callbacks of a tick, as a runner fiber sees them. */
  interface Batch {

    /**
     * Runs callbacks, in order, until none is next or the runner is not asked any more.
     *
     * @param runner the fiber that calls
     */
    void runCallbacks(Runner runner);

    /** Called on the loop's thread when a callback was parked. */
    void callbackParked();

    /** {@return the loop's time in nanoseconds} Callable from any thread. */
    long time();

    /** {@return the task that is current, on the loop's thread} */
    @Nullable Task<?> currentTask();

    /**
     * Makes another task the current one, on the loop's thread.
     *
     * @param task the task, or {@code null} for none
     */
    void setCurrentTask(@Nullable Task<?> task);

    /**
     * Has something run on the loop's thread, outside of fibers, in a later tick. Callable from any
     * thread; never throws or blocks.
     *
     * @param action switches to a fiber, and does nothing else
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
