package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.tasks.TimedLoop.TEN;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.tasks.Timeout;

/** A limit ends its block, once, and at its time. */
@HangGuard
class TimeoutTest {

  private final List<String> trace = new ArrayList<>();

  @OnEachEngine
  void aBlockThatTakesTooLongThrowsAnExceptionThatNamesTheLimit(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<String> task = loop.createTask(() -> Asyncio.timeout(TEN, () -> never.await()));
        settle();

        loop.pass(TEN.minusNanos(1));
        settle();
        assertThat(task.isDone()).isFalse();
        loop.pass(Duration.ofNanos(1));

        assertThat(finish(task).exception().orElseThrow())
            .isExactlyInstanceOf(TimeoutException.class)
            .hasMessage("not done within PT0.01S")
            .hasCauseExactlyInstanceOf(CancelledError.class);
        assertThat(task.exception().orElseThrow().getCause())
            .hasMessage("a time limit of PT0.01S has passed");
        assertThat(never.isCancelled()).isTrue();
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aBlockThatEndsInTimeIsLeftAloneAfterwards(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> later = loop.createFuture();
        Task<String> task =
            loop.createTask(() -> {
              String value = Asyncio.timeout(TEN, () -> "in time");
              return value + later.await();
            });
        settle();

        loop.pass(TEN.multipliedBy(2));
        settle();
        assertThat(task.cancelling()).isZero();
        later.setResult(", and after");

        assertThat(finish(task).result()).isEqualTo("in time, and after");
        return null;
      });
    }
  }

  @OnEachEngine
  void aTaskContinuesAfterItsLimitHasPassed(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> later = loop.createFuture();
        Task<String> task =
            loop.createTask(() -> {
              assertThatThrownBy(() -> Asyncio.timeout(TEN, () -> never.await()))
                  .isInstanceOf(TimeoutException.class);
              return later.await();
            });
        settle();
        loop.pass(TEN);
        settle();
        later.setResult("unharmed");

        assertThat(finish(task).result()).isEqualTo("unharmed");
        return null;
      });
    }
  }

  @OnEachEngine
  void aLimitOfNothingEndsTheBlockWhereItFirstWaits(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        for (Duration limit :
            List.of(Duration.ZERO, TEN.negated(), Duration.ofSeconds(Long.MIN_VALUE))) {
          assertThatThrownBy(() ->
                  Asyncio.timeout(
                      limit,
                      () -> {
                        trace.add("begins");
                        Awaiter.yieldOnce();
                        trace.add("goes on");
                      }))
              .isInstanceOf(TimeoutException.class)
              .hasMessage("not done within PT0S");
        }
        assertThat(trace).containsExactly("begins", "begins", "begins");
        assertThat(Asyncio.timeout(Duration.ZERO, () -> "does not wait"))
            .isEqualTo("does not wait");
        return null;
      });
    }
  }

  @OnEachEngine
  void aLimitOfForeverIsNone(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> later = loop.createFuture();
        Timeout timeout = Timeout.after(ChronoUnit.FOREVER.getDuration());
        Task<String> task = loop.createTask(() -> timeout.call(() -> later.await()));
        settle();
        loop.pass(Duration.ofDays(10_000));
        settle();
        later.setResult("at last");

        assertThat(finish(task).result()).isEqualTo("at last");
        assertThat(timeout.when()).isEqualTo(Timeout.NEVER);
        assertThat(timeout.expired()).isFalse();
        return null;
      });
    }
  }

  @OnEachEngine
  void anAbsoluteLimitIsAPointInTheLoopsTime(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        long when = loop.time() + TEN.toNanos();
        Task<String> task = loop.createTask(() -> Asyncio.timeoutAt(when, () -> never.await()));
        settle();
        assertThat(task.isDone()).isFalse();
        loop.pass(TEN);

        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> Asyncio.timeoutAt(0, Awaiter::yieldOnce))
            .isInstanceOf(TimeoutException.class);
        return null;
      });
    }
  }

  @OnEachEngine
  void aBlockChangesItsOwnLimit(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<String> task =
            loop.createTask(() ->
                Timeout.after(TEN)
                    .call(timeout -> {
                      assertThat(timeout.when()).isEqualTo(loop.time() + TEN.toNanos());
                      timeout.reschedule(TEN.multipliedBy(3));
                      assertThat(timeout.when()).isEqualTo(loop.time() + 3 * TEN.toNanos());
                      return never.await();
                    }));
        settle();
        loop.pass(TEN.multipliedBy(3).minusNanos(1));
        settle();
        assertThat(task.isDone()).isFalse();
        loop.pass(Duration.ofNanos(1));

        assertThat(finish(task).exception().orElseThrow()).hasMessage("not done within PT0.03S");
        return null;
      });
    }
  }

  @OnEachEngine
  void aLimitThatIsLiftedOrBroughtForwardCounts(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Timeout timeout = Timeout.after(TEN);
        Task<String> task = loop.createTask(() -> timeout.call(() -> never.await()));
        settle();
        timeout.reschedule(Timeout.NEVER);
        loop.pass(TEN);
        settle();
        assertThat(task.isDone()).isFalse();
        timeout.reschedule(loop.time());

        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        assertThat(timeout.expired()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void onlyTheLimitOfABlockThatRunsCanBeChanged(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Timeout timeout = Timeout.after(TEN);
        assertThatThrownBy(() -> timeout.reschedule(TEN))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("it is created");
        assertThat(timeout).hasToString("<Timeout created when=" + timeout.when() + ">");
        timeout.run(() -> {
          assertThatThrownBy(() -> timeout.call(() -> "again"))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("it is active");
        });
        assertThat(timeout.expired()).isFalse();
        assertThatThrownBy(() -> timeout.reschedule(TEN))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("it is finished");
        assertThatThrownBy(() -> timeout.run(() -> trace.add("again")))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("create one for each block");
        assertThat(trace).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void aLimitThatHasPassedCannotBeChanged(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Timeout timeout = Timeout.after(TEN);
        Task<String> task =
            loop.createTask(() ->
                timeout.call(() -> {
                  try {
                    return never.await();
                  } finally {
                    assertThat(timeout.expired()).isTrue();
                    assertThatThrownBy(() -> timeout.reschedule(TEN))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("it is expiring");
                  }
                }));
        settle();
        loop.pass(TEN);
        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> timeout.reschedule(TEN)).hasMessageContaining("it is expired");
        return null;
      });
    }
  }

  @OnEachEngine
  void anExceptionOfTheBlockIsThrownUnchanged(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        IOException failure = new IOException("of the block");
        assertThatThrownBy(() ->
                Asyncio.timeout(
                    TEN,
                    () -> {
                      throw failure;
                    }))
            .isSameAs(failure)
            .hasNoSuppressedExceptions();
        return null;
      });
    }
  }

  @OnEachEngine
  void anExceptionOfTheBlockAfterItsTimeTakesPrecedence(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        IOException failure = new IOException("could not clean up");
        Task<String> task =
            loop.createTask(() ->
                Asyncio.timeout(
                    TEN,
                    () -> {
                      try {
                        return never.await();
                      } catch (CancelledError cancelled) {
                        throw failure;
                      }
                    }));
        settle();
        loop.pass(TEN);

        assertThat(finish(task).exception().orElseThrow()).isSameAs(failure);
        assertThat(failure.getSuppressed())
            .singleElement()
            .isInstanceOf(TimeoutException.class)
            .extracting(Throwable::getMessage)
            .isEqualTo("not done within PT0.01S");
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aBlockThatIgnoresItsCancellationHasAResult(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Timeout timeout = Timeout.after(TEN);
        Task<String> task =
            loop.createTask(() -> {
              String value =
                  timeout.call(() -> {
                    try {
                      return never.await();
                    } catch (CancelledError refused) {
                      return "refused";
                    }
                  });
              Awaiter.yieldOnce();
              return value;
            });
        settle();
        loop.pass(TEN);

        assertThat(finish(task).result()).isEqualTo("refused");
        assertThat(timeout.expired()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aLimitNeedsATask(CoroutineMode mode) {
    assertThatThrownBy(() -> Asyncio.timeout(TEN, () -> trace.add("outside")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no running event loop on ");
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      Promise<Throwable> thrown = loop.createFuture();
      loop.callSoon(() -> {
        try {
          boolean ignored = Asyncio.timeout(TEN, () -> trace.add("in a callback"));
        } catch (IllegalStateException | TimeoutException refused) {
          thrown.setResult(refused);
        }
      });

      assertThat(loop.runUntilComplete(thrown))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot enter a timeout: ");
      assertThat(trace).isEmpty();
    }
  }
}
