package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Scheduler;
import org.asyncio4j.core.TimerHandle;

/** The half of {@link BaseEventLoop} that calls callbacks. */
abstract class LoopScheduler implements Scheduler {

  private final LoopCore core;

  @SuppressWarnings("this-escape") // the core keeps the loop for later
  LoopScheduler(LoopContext context, String name) {
    this.core =
        new LoopCore(
            (BaseEventLoop) this, requireNonNull(context, "context"), requireNonNull(name, "name"));
  }

  @Override
  public Handle callSoon(Runnable callback) {
    return core.callSoon(callback, core.contextCopy());
  }

  @Override
  public Handle callSoon(Runnable callback, Context context) {
    return core.callSoon(callback, requireNonNull(context, "context"));
  }

  @Override
  public Handle callSoonThreadsafe(Runnable callback) {
    return core.callSoonThreadsafe(callback, core.contextCopy());
  }

  @Override
  public Handle callSoonThreadsafe(Runnable callback, Context context) {
    return core.callSoonThreadsafe(callback, requireNonNull(context, "context"));
  }

  @Override
  public TimerHandle callLater(Duration delay, Runnable callback) {
    return callAt(due(delay), callback);
  }

  @Override
  public TimerHandle callLater(Duration delay, Runnable callback, Context context) {
    return callAt(due(delay), callback, context);
  }

  @Override
  public TimerHandle callAt(long when, Runnable callback) {
    return core.callAt(when, callback, core.contextCopy());
  }

  @Override
  public TimerHandle callAt(long when, Runnable callback, Context context) {
    return core.callAt(when, callback, requireNonNull(context, "context"));
  }

  @Override
  public long time() {
    return core.cycle().time();
  }

  final LoopCore core() {
    return core;
  }

  private long due(Duration delay) {
    return Durations.add(time(), Durations.toNanos(requireNonNull(delay, "delay")));
  }
}
