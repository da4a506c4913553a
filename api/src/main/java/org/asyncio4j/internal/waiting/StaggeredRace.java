package org.asyncio4j.internal.waiting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.identity.IdentitySet;
import org.asyncio4j.internal.race.Stagger;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tasks.RaceResult;
import org.jspecify.annotations.Nullable;

/**
 * One race of tasks, run by the calling task, which waits until all of them have ended (asyncio,
 * {@code staggered_race}). It does not matter whether an event or a cancellation woke it first.
 *
 * @param <T> the type of the value
 */
final class StaggeredRace<T extends @Nullable Object> {

  private final List<? extends Callable<? extends T>> attempts;
  private final EventLoop loop;
  private final Task<?> caller;
  private final Stagger stagger;
  private final List<Task<T>> started = new ArrayList<>();
  private final Set<Task<T>> running = new IdentitySet<>();
  private @Nullable Throwable broken;
  private OptionalInt winner = OptionalInt.empty();

  private StaggeredRace(List<? extends Callable<? extends T>> attempts, @Nullable Duration delay) {
    FuturesOfOneLoop<T> none = FuturesOfOneLoop.of(List.of());
    this.attempts = attempts;
    this.loop = none.loop();
    this.caller = none.currentTask("staggeredRace");
    this.stagger = new Stagger(loop, attempts.size(), delay);
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
    startDue();
    try {
      while (!running.isEmpty()) {
        try {
          stagger.awaitChange();
        } catch (CancelledError error) {
          cancelled = error;
          stop(error.getMessage());
        }
        startDue();
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

  private void startDue() {
    while (stagger.isNextDue()) {
      try {
        Task<T> task = loop.createTask(attempts.get(stagger.next()));
        begun(task);
        stagger.began(task);
      } catch (RuntimeException | Error refused) {
        broken = refused;
        stop(null);
      }
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
    stagger.wake();
    if (Outcome.of(task) instanceof Outcome.Success && winner.isEmpty()) {
      winner = OptionalInt.of(index);
      stop(null);
    } else {
      stagger.failed(index);
    }
  }

  private void stop(@Nullable String message) {
    stagger.stop();
    // A cancelled task does not end before this returns, but a third-party task may.
    List.copyOf(running).forEach(task -> task.cancel(message));
  }
}
