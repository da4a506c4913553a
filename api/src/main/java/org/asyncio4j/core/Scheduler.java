package org.asyncio4j.core;

import java.time.Duration;

/**
 * The part of a loop that calls callbacks, now or later (asyncio, "Scheduling callbacks").
 *
 * <p>Callbacks run one at a time on the loop's thread, in a virtual thread that the loop lends
 * them. If one throws an exception, it is reported to the loop's exception handler, and the loop
 * continues. A callback is not a task: it cannot {@link Future#await() await} a pending future.
 */
public interface Scheduler {

  /**
   * Schedules a callback for the next tick, after those that are already scheduled, in a copy of
   * the caller's context.
   *
   * @param callback the code to run
   * @return its handle
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread; use
   *     {@link #callSoonThreadsafe}
   */
  Handle callSoon(Runnable callback);

  /**
   * Schedules a callback for the next tick in a given context.
   *
   * @param callback the code to run
   * @param context the context that it runs in; it is not copied
   * @return its handle
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread; use
   *     {@link #callSoonThreadsafe}
   */
  Handle callSoon(Runnable callback, Context context);

  /**
   * Schedules a callback from any thread and wakes the loop if it sleeps. Callbacks from one thread
   * keep their order.
   *
   * <p>This call may race with the loop's {@code close()}. Either it throws, and the callback never
   * runs; or it returns, and the callback runs when the loop does, unless its handle is cancelled,
   * by a thread or by {@code close()}, which cancels the callbacks that were accepted before it
   * began and have not run.
   *
   * @param callback the code to run
   * @return its handle, which any thread may cancel
   * @throws IllegalStateException if the loop is closed, or closes before it has accepted the
   *     callback, which never runs then
   */
  Handle callSoonThreadsafe(Runnable callback);

  /**
   * Schedules a callback from any thread, in a given context, as {@link
   * #callSoonThreadsafe(Runnable)} does.
   *
   * @param callback the code to run
   * @param context the context that it runs in; it is not copied
   * @return its handle, which any thread may cancel
   * @throws IllegalStateException if the loop is closed, or closes before it has accepted the
   *     callback, which never runs then
   */
  Handle callSoonThreadsafe(Runnable callback, Context context);

  /**
   * Schedules a callback to run after a delay, in a copy of the caller's context. It never runs
   * earlier; a negative or zero delay means the next tick. Callbacks that are due at the same time
   * run in order of scheduling.
   *
   * @param delay how long to wait; at most 292 years
   * @param callback the code to run
   * @return its handle
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  TimerHandle callLater(Duration delay, Runnable callback);

  /**
   * Schedules a callback to run after a delay, in a given context.
   *
   * @param delay how long to wait
   * @param callback the code to run
   * @param context the context that it runs in; it is not copied
   * @return its handle
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  TimerHandle callLater(Duration delay, Runnable callback, Context context);

  /**
   * Schedules a callback to run at a point in the loop's time, in a copy of the caller's context.
   *
   * @param when nanoseconds of {@link #time()}; a time that has passed means the next tick
   * @param callback the code to run
   * @return its handle
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  TimerHandle callAt(long when, Runnable callback);

  /**
   * Schedules a callback to run at a point in the loop's time, in a given context.
   *
   * @param when nanoseconds of {@link #time()}; a time that has passed means the next tick
   * @param callback the code to run
   * @param context the context that it runs in; it is not copied
   * @return its handle
   * @throws IllegalStateException if the loop is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   */
  TimerHandle callAt(long when, Runnable callback, Context context);

  /**
   * {@return the loop's time in nanoseconds} It is monotonic, not negative, and unrelated to the
   * time of day. Callable from any thread.
   */
  long time();
}
