package org.asyncio4j.internal.waiting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.internal.identity.IdentitySet;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tasks.RaceResult;
import org.jspecify.annotations.Nullable;

/**
 * One race, run by the calling task (asyncio, {@code staggered_race}).
 *
 * <p>Only that task starts attempts. Other events are recorded in fields and wake it, so it does
 * not matter which of several events woke it, or whether a cancellation came first.
 *
 * @param <T> the type of the value
 */
final class StaggeredRace<T extends @Nullable Object> {

  private final List<? extends Callable<? extends T>> attempts;
  private final @Nullable Duration delay;
  private final EventLoop loop;
  private final Task<?> caller;
  private final List<Task<T>> started = new ArrayList<>();
  private final Set<Task<T>> running = new IdentitySet<>();
  private Promise<@Nullable Void> change;
  private @Nullable TimerHandle timer;
  private @Nullable Throwable broken;
  private OptionalInt winner = OptionalInt.empty();
  private boolean nextIsDue = true;
  private boolean stopped;

  private StaggeredRace(List<? extends Callable<? extends T>> attempts, @Nullable Duration delay) {
    FuturesOfOneLoop<T> none = FuturesOfOneLoop.of(List.of());
    this.attempts = attempts;
    this.delay = delay;
    this.loop = none.loop();
    this.caller = none.currentTask("staggeredRace");
    this.change = loop.createFuture();
  }

  /**
   * Runs a race in the current task.
   *
   * @param attempts the attempts
   * @param delay the time after which the next attempt starts, or {@code null} to start it when the
   *     previous one has failed
   * @param <T> the type of the value
   * @return the outcome
   */
  static <T extends @Nullable Object> RaceResult<T> run(
      List<? extends Callable<? extends T>> attempts, @Nullable Duration delay) {
    if (delay != null && delay.isNegative()) {
      throw new IllegalArgumentException(
          "delay must not be negative: %s; use Duration.ZERO to start all attempts at once"
              .formatted(delay));
    }
    return new StaggeredRace<T>(List.copyOf(attempts), delay).run();
  }

  private RaceResult<T> run() {
    CancelledError cancelled = null;
    startNextIfDue();
    try {
      while (!running.isEmpty()) {
        change = loop.createFuture();
        try {
          change.await();
        } catch (CancelledError error) {
          cancelled = error;
          stop(error.getMessage());
        }
        startNextIfDue();
      }
    } finally {
      // Does nothing unless the loop itself gave up.
      stop(null);
    }
    if (cancelled != null) {
      if (broken != null) {
        cancelled.addSuppressed(broken);
      }
      throw cancelled;
    }
    return switch (broken) {
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case null, default -> new RaceResult<>(winner, outcomes());
    };
  }

  private List<Outcome<T>> outcomes() {
    return started.stream().map(Outcome::<T>of).toList();
  }

  private void startNextIfDue() {
    if (!nextIsDue || stopped || started.size() == attempts.size()) {
      return;
    }
    nextIsDue = false;
    cancelTimer();
    try {
      Task<T> task = loop.createTask(attempts.get(started.size()));
      begun(task);
      if (delay != null) {
        timer = loop.callLater(delay, this::delayIsOver);
      }
    } catch (RuntimeException | Error refused) {
      broken = refused;
      stop(null);
    }
  }

  private void begun(Task<T> task) {
    int index = started.size();
    started.add(task);
    running.add(task);
    try {
      new Watch<T>(caller, _ -> ended(index)).start(List.of(task));
    } catch (RuntimeException | Error refused) {
      // Its end would not be noticed.
      running.remove(task);
      task.cancel();
      throw refused;
    }
  }

  private void ended(int index) {
    Task<T> task = started.get(index);
    running.remove(task);
    wake();
    if (Outcome.of(task) instanceof Outcome.Success && winner.isEmpty()) {
      winner = OptionalInt.of(index);
      stop(null);
    } else if (index == started.size() - 1) {
      nextIsDue = true;
    }
  }

  private void delayIsOver() {
    nextIsDue = true;
    wake();
  }

  private void wake() {
    change.trySetResult(null);
  }

  private void stop(@Nullable String message) {
    stopped = true;
    cancelTimer();
    // A cancelled task does not end before this returns, but a third-party task may.
    List.copyOf(running).forEach(task -> task.cancel(message));
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
