package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.tasks.TimedLoop.TEN;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.junit.jupiter.api.Test;

/** A limit never mistakes a foreign cancellation for its own, and never loses it. */
@HangGuard
class TimeoutRacesTest {

  private final List<String> trace = new ArrayList<>();

  @OnEachEngine
  void aForeignCancellationStaysACancellation(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<String> task = loop.createTask(() -> Asyncio.timeout(TEN, () -> never.await()));
        settle();
        task.cancel("enough");

        assertThat(finish(task).isCancelled()).isTrue();
        assertThatThrownBy(task::result).isInstanceOf(CancelledError.class).hasMessage("enough");
        loop.pass(TEN);
        settle();
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationByTheBlockItselfStaysACancellation(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> cancelled = loop.createFuture();
        cancelled.cancel("of another future");
        assertThatThrownBy(() -> Asyncio.timeout(TEN, () -> cancelled.await()))
            .isInstanceOf(CancelledError.class)
            .hasMessage("of another future");
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationRightAfterTheExpiryIsNotLost(CoroutineMode mode) {
    foreignCancellationIsNotLost(mode, false);
  }

  @OnEachEngine
  void aCancellationRightBeforeTheExpiryIsNotLost(CoroutineMode mode) {
    foreignCancellationIsNotLost(mode, true);
  }

  private static void foreignCancellationIsNotLost(CoroutineMode mode, boolean foreignFirst) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<?>[] task = new Task<?>[1];
        if (foreignFirst) {
          loop.callAt(loop.time() + TEN.toNanos(), () -> task[0].cancel("enough"));
        }
        task[0] = loop.createTask(() -> Asyncio.timeout(TEN, () -> never.await()));
        settle();
        if (!foreignFirst) {
          loop.callAt(loop.time() + TEN.toNanos(), () -> task[0].cancel("enough"));
        }
        loop.pass(TEN);

        assertThat(finish(task[0]).isCancelled()).isTrue();
        assertThat(task[0].cancelling()).isEqualTo(1);
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationWhileTheBlockCleansUpAfterItsTimeIsNotLost(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> cleanUp = loop.createFuture();
        Task<String> task =
            loop.createTask(() ->
                Asyncio.timeout(
                    TEN,
                    () -> {
                      try {
                        return never.await();
                      } finally {
                        trace.add(cleanUp.await());
                      }
                    }));
        settle();
        loop.pass(TEN);
        settle();
        assertThat(task.isDone()).isFalse();
        task.cancel("enough");

        assertThat(finish(task).isCancelled()).isTrue();
        assertThat(trace).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void anExpiryWhileTheBlockCleansUpAfterACancellationIsNoTimeout(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> cleanUp = loop.createFuture();
        Task<String> task =
            loop.createTask(() ->
                Asyncio.timeout(
                    TEN,
                    () -> {
                      try {
                        return never.await();
                      } finally {
                        trace.add(cleanUp.await());
                      }
                    }));
        settle();
        task.cancel("enough");
        settle();
        loop.pass(TEN);

        assertThat(finish(task).isCancelled()).isTrue();
        assertThat(cleanUp.isCancelled()).isTrue();
        assertThat(task.cancelling()).isEqualTo(1);
        return null;
      });
    }
  }

  @OnEachEngine
  void aLimitThatPassesWithTheResultIsATimeout(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> awaited = loop.createFuture();
        loop.callAt(loop.time() + TEN.toNanos(), () -> awaited.setResult("value"));
        Task<String> task = loop.createTask(() -> Asyncio.timeout(TEN, () -> awaited.await()));
        settle();
        loop.pass(TEN);

        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void theExpiryOfAnInnerLimitIsNotThatOfTheOuter(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> later = loop.createFuture();
        Task<String> task =
            loop.createTask(() ->
                Asyncio.timeout(
                    TEN.multipliedBy(2),
                    () -> {
                      assertThatThrownBy(() -> Asyncio.timeout(TEN, () -> never.await()))
                          .isInstanceOf(TimeoutException.class);
                      trace.add("goes on");
                      return later.await();
                    }));
        settle();
        loop.pass(TEN);
        settle();
        assertThat(trace).containsExactly("goes on");
        later.setResult("value");

        assertThat(finish(task).result()).isEqualTo("value");
        return null;
      });
    }
  }

  @OnEachEngine
  void theExpiryOfAnOuterLimitIsNotThatOfTheInner(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        assertThat(finish(nested(loop, 1, 2)).exception().orElseThrow())
            .hasMessage("not done within PT0.01S");
        assertThat(trace).containsExactly("inner CancelledError");
        return null;
      });
    }
  }

  @OnEachEngine
  void ofTwoLimitsThatExpireAtOnceTheOuterDecides(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Task<String> task = nested(loop, 1, 1);
        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        assertThat(trace).containsExactly("inner CancelledError");
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  private Task<String> nested(TimedLoop loop, int outer, int inner) {
    Promise<String> never = loop.createFuture();
    Task<String> task =
        loop.createTask(() ->
            Asyncio.timeout(
                TEN.multipliedBy(outer),
                () -> {
                  try {
                    return Asyncio.timeout(TEN.multipliedBy(inner), () -> never.await());
                  } catch (Throwable thrown) {
                    trace.add("inner " + thrown.getClass().getSimpleName());
                    throw thrown;
                  }
                }));
    settle();
    loop.pass(TEN.multipliedBy(outer));
    return task;
  }

  @OnEachEngine
  void aLimitWorksInATaskThatHasIgnoredACancellation(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> first = loop.createFuture();
        Promise<String> never = loop.createFuture();
        Task<String> task =
            loop.createTask(() -> {
              try {
                return first.await();
              } catch (CancelledError refused) {
                return Asyncio.timeout(TEN, () -> never.await());
              }
            });
        settle();
        task.cancel();
        settle();
        loop.pass(TEN);

        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        assertThat(task.cancelling()).isEqualTo(1);
        return null;
      });
    }
  }

  @Test
  void aBlockThatIsParkedInTheJdkIsInterruptedAndLate() {
    try (TimedLoop loop = TimedLoop.timed(CoroutineMode.CARRIER)) {
      loop.run(() -> {
        SynchronousQueue<String> queue = new SynchronousQueue<>();
        Task<String> task =
            loop.createTask(() -> {
              assertThatThrownBy(() -> Asyncio.timeout(TEN, () -> queue.take()))
                  .isInstanceOf(TimeoutException.class)
                  .hasCauseInstanceOf(InterruptedException.class);
              Awaiter.yieldOnce();
              return "goes on, interrupted: " + Thread.currentThread().isInterrupted();
            });
        settle();
        loop.pass(TEN);

        assertThat(finish(task).result()).isEqualTo("goes on, interrupted: false");
        return null;
      });
    }
  }

  @Test
  void aBlockThatIsParkedInTheJdkAndCancelledIsNotLate() {
    try (TimedLoop loop = TimedLoop.timed(CoroutineMode.CARRIER)) {
      loop.run(() -> {
        SynchronousQueue<String> queue = new SynchronousQueue<>();
        Task<String> task = loop.createTask(() -> Asyncio.timeout(TEN, () -> queue.take()));
        settle();
        loop.callAt(loop.time() + TEN.toNanos(), () -> task.cancel("enough"));
        loop.pass(TEN);

        assertThat(finish(task).isCancelled()).isTrue();
        return null;
      });
    }
  }
}
