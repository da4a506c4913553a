package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.tasks.Outcome;
import org.asyncio4j.tasks.RaceResult;

/** Attempts that start one after the other until one wins. */
@HangGuard
class StaggeredRaceTest {

  private static final Duration DELAY = Duration.ofMillis(250);

  private final List<String> events = new ArrayList<>();

  @OnEachEngine
  void theFirstAttemptWinsAlone(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      RaceResult<String> result =
          loop.run(() -> Asyncio.staggeredRace(List.of(() -> "first", () -> "second")));
      assertThat(result.winner()).hasValue(0);
      assertThat(result.value()).isEqualTo("first");
      assertThat(result.outcomes()).hasSize(1);
      assertThat(result.failures()).isEmpty();
    }
  }

  @OnEachEngine
  void aFailureStartsTheNextAtOnce(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      IOException failure = new IOException("on purpose");
      Callable<String> failing =
          () -> {
            throw failure;
          };
      RaceResult<String> result =
          loop.run(
              () -> Asyncio.staggeredRace(List.of(failing, () -> "second"), Duration.ofDays(1)));
      assertThat(result.winner()).hasValue(1);
      assertThat(result.value()).isEqualTo("second");
      assertThat(result.failures()).containsExactly(failure);
    }
  }

  @OnEachEngine
  void withoutAWinnerThereAreOnlyFailures(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      IOException failure = new IOException("on purpose");
      Callable<String> failing =
          () -> {
            throw failure;
          };
      Callable<String> giving =
          () -> {
            throw new CancelledError("gave up");
          };
      RaceResult<String> result = loop.run(() -> Asyncio.staggeredRace(List.of(failing, giving)));
      assertThat(result.winner()).isEmpty();
      assertThat(result.failures()).hasSize(2).startsWith(failure);
      assertThat(result.failures().get(1)).isInstanceOf(CancelledError.class);
      assertThatThrownBy(result::value)
          .isInstanceOf(NoSuchElementException.class)
          .hasSuppressedException(failure);

      RaceResult<String> none =
          loop.run(() -> Asyncio.staggeredRace(List.<Callable<String>>of(), DELAY));
      assertThat(none.winner()).isEmpty();
      assertThat(none.outcomes()).isEmpty();
    }
  }

  @OnEachEngine
  void theNextStartsWhenTheDelayIsOverAndLosersAreAwaited(CoroutineMode mode) {
    AtomicLong now = new AtomicLong();
    LoopContext context = LoopContext.defaults().withCoroutines(mode).withClock(now::get);
    try (TestLoop loop = new TestLoop(context)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> cleaning = loop.createFuture();
        Callable<String> slow =
            () -> {
              events.add("slow begins");
              try {
                return never.await();
              } finally {
                cleaning.await();
                events.add("slow ends");
              }
            };
        Callable<String> quick =
            () -> {
              events.add("quick wins");
              return "quick";
            };
        Task<RaceResult<String>> race =
            loop.createTask(
                () -> Asyncio.staggeredRace(List.of(slow, quick, () -> "never begun"), DELAY));
        TestLoop.yieldUntil(() -> !never.awaitedBy().isEmpty());
        now.addAndGet(DELAY.toNanos() - 1);
        yieldFor(4);
        assertThat(events).containsExactly("slow begins");
        Task<?> attempt = (Task<?>) never.awaitedBy().getFirst();
        assertThat(attempt.awaitedBy()).isEqualTo(List.of(race));

        now.addAndGet(1);
        TestLoop.yieldUntil(() -> !cleaning.awaitedBy().isEmpty());
        yieldFor(4);
        assertThat(events).containsExactly("slow begins", "quick wins");
        assertThat(race.isDone()).isFalse();
        cleaning.setResult(null);

        RaceResult<String> result = race.await();
        assertThat(events).containsExactly("slow begins", "quick wins", "slow ends");
        assertThat(result.winner()).hasValue(1);
        assertThat(result.outcomes().getFirst()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(loop.allTasks()).hasSize(1);
        return null;
      });
    }
  }

  @OnEachEngine
  void theFailureOfAnEarlierAttemptDoesNotHurryTheNext(CoroutineMode mode) {
    AtomicLong now = new AtomicLong();
    LoopContext context = LoopContext.defaults().withCoroutines(mode).withClock(now::get);
    try (TestLoop loop = new TestLoop(context)) {
      loop.run(() -> {
        Promise<String> first = loop.createFuture();
        Promise<String> second = loop.createFuture();
        Callable<String> third =
            () -> {
              events.add("third begins");
              return "third";
            };
        Task<RaceResult<String>> race =
            loop.createTask(
                () -> Asyncio.staggeredRace(List.of(first::await, second::await, third), DELAY));
        TestLoop.yieldUntil(() -> !first.awaitedBy().isEmpty());
        now.addAndGet(DELAY.toNanos());
        TestLoop.yieldUntil(() -> !second.awaitedBy().isEmpty());
        first.setException(new IOException("on purpose"));
        yieldFor(6);
        assertThat(events).isEmpty();
        now.addAndGet(DELAY.toNanos());
        assertThat(race.await().winner()).hasValue(2);
        return null;
      });
    }
  }

  @OnEachEngine
  void aLoserThatSucceedsAnywayIsNotLost(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Callable<String> stubborn =
            () -> {
              try {
                return never.await();
              } catch (CancelledError refused) {
                return "a socket";
              }
            };
        RaceResult<String> result =
            Asyncio.staggeredRace(List.of(stubborn, () -> "winner"), Duration.ZERO);
        assertThat(result.winner()).hasValue(1);
        assertThat(result.value()).isEqualTo("winner");
        assertThat(result.outcomes().getFirst()).isEqualTo(new Outcome.Success<>("a socket"));
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationAtAnyMomentIsNeitherLostNorLeavesATaskBehind(CoroutineMode mode) {
    int finished = 0;
    for (int ticks = 0; ticks < 30; ticks++) {
      int after = ticks;
      try (TestLoop loop = TestLoop.on(mode)) {
        boolean accepted =
            loop.run(() -> {
              Task<RaceResult<String>> race = loop.createTask(() -> race(loop));
              yieldFor(after);
              boolean taken = race.cancel("enough");
              TestLoop.yieldUntil(race::isDone);
              assertThat(loop.allTasks()).as("after %s ticks", after).hasSize(1);
              assertThat(race.isCancelled()).as("after %s ticks", after).isEqualTo(taken);
              if (!taken) {
                assertThat(race.result().value()).isEqualTo("third");
              }
              return taken;
            });
        finished += accepted ? 0 : 1;
      }
    }
    assertThat(finished).as("races that ended before they were cancelled").isBetween(1, 25);
  }

  @OnEachEngine
  void aSecondCancellationReachesAttemptsThatRefusedTheFirst(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> first = loop.createFuture();
        Promise<String> second = loop.createFuture();
        Callable<String> stubborn =
            () -> {
              try {
                return first.await();
              } catch (CancelledError refused) {
                return second.await();
              }
            };
        Task<RaceResult<String>> race =
            loop.createTask(() -> Asyncio.staggeredRace(List.of(stubborn)));
        TestLoop.yieldUntil(() -> !first.awaitedBy().isEmpty());
        race.cancel("once");
        TestLoop.yieldUntil(() -> !second.awaitedBy().isEmpty());
        assertThat(race.isDone()).isFalse();
        race.cancel("twice");
        assertThatThrownBy(race::await).isInstanceOf(CancelledError.class).hasMessage("twice");
        assertThat(second.isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aTaskThatCannotBeMadeEndsTheRaceAndTheOthers(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        IllegalStateException refusal = new IllegalStateException("on purpose");
        Callable<String> waits =
            () -> {
              loop.setTaskFactory(new RefusingFactory(refusal));
              return never.await();
            };
        assertThatThrownBy(
                () -> Asyncio.staggeredRace(List.of(waits, () -> "second"), Duration.ZERO))
            .isSameAs(refusal);
        loop.setTaskFactory(null);
        assertThat(never.isCancelled()).isTrue();
        assertThat(loop.allTasks()).hasSize(1);
        return null;
      });
    }
  }

  @OnEachEngine
  void badArgumentsAreRefused(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        assertThatThrownBy(
                () -> Asyncio.staggeredRace(List.of(() -> "first"), Duration.ofMillis(-1)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("delay must not be negative: PT-0.001S");
        return null;
      });
      assertThatThrownBy(() -> Asyncio.staggeredRace(List.of(() -> "first")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no running event loop on ");
    }
  }

  private static RaceResult<String> race(TestLoop loop) {
    Callable<String> never =
        () -> {
          try {
            return loop.<String>createFuture().await();
          } finally {
            Awaiter.yieldOnce();
          }
        };
    Callable<String> failing =
        () -> {
          Awaiter.yieldOnce();
          throw new IOException("on purpose");
        };
    Callable<String> winning =
        () -> {
          yieldFor(2);
          return "third";
        };
    return Asyncio.staggeredRace(List.of(never, failing, winning), Duration.ZERO);
  }

  private static void yieldFor(int ticks) {
    for (int i = 0; i < ticks; i++) {
      Awaiter.yieldOnce();
    }
  }
}
