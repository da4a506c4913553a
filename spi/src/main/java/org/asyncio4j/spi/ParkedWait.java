package org.asyncio4j.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.asyncio4j.spi.internal.fiber.Alarm;
import org.asyncio4j.spi.internal.fiber.WakeUp;
import org.jspecify.annotations.Nullable;

/**
 * Decides what ends the wait of a body that is parked in a blocking call: a wake-up, which any
 * thread may announce, or an interrupt by its loop. The first of the two wins, and a wake-up always
 * makes the loop run the body.
 *
 * <p>All methods except {@link #run} are called on the loop's thread.
 */
final class ParkedWait implements WakeUp {

  private static final int RUNNING = 0;
  private static final int PARKED = 1;
  private static final int WOKEN = 2;
  private static final int INTERRUPTED = 3;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(ParkedWait.class, "state", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("cannot access the field state", impossible);
    }
  }

  private final CancellableTask<?> task;
  private final @Nullable Alarm alarm;
  private volatile int state = RUNNING;

  ParkedWait(CancellableTask<?> task, @Nullable Alarm alarm) {
    this.task = task;
    this.alarm = alarm;
  }

  /**
   * Called from any thread, including the JDK's own, when the body can continue. A late call for an
   * earlier wait is harmless: the loop runs the body, which then waits again.
   */
  @Override
  public void run() {
    int seen = state;
    while (seen < WOKEN && !STATE.compareAndSet(this, seen, WOKEN)) {
      seen = state;
    }
    task.wake();
  }

  @Override
  public @Nullable Alarm alarm() {
    return alarm;
  }

  /** Called when the body is about to run. */
  void end() {
    if (state != RUNNING) {
      state = RUNNING;
    }
  }

  /** Called when the body has parked; it may have been woken since. */
  void begin() {
    boolean ignored = STATE.compareAndSet(this, RUNNING, PARKED);
  }

  /** Returns whether the body is parked and has been neither woken nor interrupted. */
  boolean isUndecided() {
    return state == PARKED;
  }

  /** Returns whether the body was interrupted and has not run since. */
  boolean isInterrupted() {
    return state == INTERRUPTED;
  }

  /** Returns whether the caller must now interrupt the body, because it has not been woken. */
  boolean becomeInterrupted() {
    return STATE.compareAndSet(this, PARKED, INTERRUPTED);
  }
}
