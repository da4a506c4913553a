package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.tasks.TimedLoop.TEN;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.tasks.TaskGroup;

/** Waiting for a future up to a time limit. */
@HangGuard
class WaitForTest {

  private final List<String> trace = new ArrayList<>();

  @OnEachEngine
  void aFutureThatIsDoneInTimeHasItsResult(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        Task<String> task = loop.createTask(() -> Asyncio.waitFor(future, TEN));
        settle();
        assertThat(future.awaitedBy()).containsExactly(task);
        future.setResult("value");

        assertThat(finish(task).result()).isEqualTo("value");
        return null;
      });
    }
  }

  @OnEachEngine
  void aTaskThatIsLateIsCancelledAndItsEndWaitedFor(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> cleanUp = loop.createFuture();
        Task<String> inner = loop.createTask(() -> cleaningUp(never, cleanUp));
        Task<String> task = loop.createTask(() -> Asyncio.waitFor(inner, TEN));
        settle();
        loop.pass(TEN);
        settle();
        assertThat(task.isDone()).isFalse();
        cleanUp.setResult("clean");

        assertThat(finish(task).exception().orElseThrow())
            .isInstanceOf(TimeoutException.class)
            .hasMessage("not done within PT0.01S");
        assertThat(inner.isCancelled()).isTrue();
        assertThat(trace).containsExactly("clean");
        return null;
      });
    }
  }

  @OnEachEngine
  void aWaitingTaskThatIsCancelledWaitsForTheEndOfTheTaskToo(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> cleanUp = loop.createFuture();
        Task<String> inner = loop.createTask(() -> cleaningUp(never, cleanUp));
        Task<String> task = loop.createTask(() -> Asyncio.waitFor(inner, TEN));
        settle();
        task.cancel("enough");
        settle();
        assertThat(task.isDone()).isFalse();
        cleanUp.setResult("clean");

        assertThat(finish(task).isCancelled()).isTrue();
        assertThat(inner.isCancelled()).isTrue();
        return null;
      });
    }
  }

  private String cleaningUp(Promise<String> awaited, Promise<String> cleanUp) {
    try {
      return awaited.await();
    } finally {
      trace.add(cleanUp.await());
    }
  }

  @OnEachEngine
  void aTaskThatIgnoresItsCancellationHasItsResult(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        for (Duration limit : List.of(TEN, Duration.ZERO)) {
          Promise<String> never = loop.createFuture();
          Task<String> inner =
              loop.createTask(() -> {
                try {
                  return never.await();
                } catch (CancelledError refused) {
                  return "refused";
                }
              });
          settle();
          Task<String> task = loop.createTask(() -> Asyncio.waitFor(inner, limit));
          settle();
          loop.pass(limit);

          assertThat(finish(task).result()).isEqualTo("refused");
        }
        return null;
      });
    }
  }

  @OnEachEngine
  void aTaskThatFailsWhenItIsCancelledFailsTheCall(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        for (Duration limit : List.of(TEN, Duration.ZERO)) {
          Promise<String> never = loop.createFuture();
          IOException failure = new IOException("could not clean up");
          Task<String> inner =
              loop.createTask(() -> {
                try {
                  return never.await();
                } catch (CancelledError cancelled) {
                  throw failure;
                }
              });
          settle();
          Task<String> task = loop.createTask(() -> Asyncio.waitFor(inner, limit));
          settle();
          loop.pass(limit);

          assertThat(finish(task).exception().orElseThrow()).isSameAs(failure);
        }
        return null;
      });
    }
  }

  @OnEachEngine
  void withoutTimeADoneFutureHasItsResultAndAnUnstartedTaskNeverRuns(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> done = loop.createFuture();
        done.setResult("value");
        assertThat(Asyncio.waitFor(done, Duration.ZERO)).isEqualTo("value");
        for (Duration limit : List.of(Duration.ZERO, TEN.negated())) {
          Task<Boolean> unstarted = loop.createTask(() -> trace.add("body"));
          assertThatThrownBy(() -> Asyncio.waitFor(unstarted, limit))
              .isInstanceOf(TimeoutException.class)
              .hasMessage("not done within " + limit)
              .hasCauseInstanceOf(CancelledError.class);
          assertThat(unstarted.isCancelled()).isTrue();
        }
        assertThat(trace).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void withoutTimeTheEndOfARunningTaskIsWaitedForButCanBeCancelled(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> cleanUp = loop.createFuture();
        Task<String> inner = loop.createTask(() -> cleaningUp(never, cleanUp));
        settle();
        Task<String> task = loop.createTask(() -> Asyncio.waitFor(inner, Duration.ZERO));
        settle();
        assertThat(task.isDone()).isFalse();
        assertThat(inner.awaitedBy()).containsExactly(task);
        task.cancel("enough");

        assertThat(finish(task).isCancelled()).isTrue();
        assertThat(inner.isDone()).isFalse();
        assertThat(inner.awaitedBy()).isEmpty();
        cleanUp.setResult("clean");
        assertThat(finish(inner).isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aFutureThatIsDoneInTheTickOfTheLimitCounts(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        loop.callAt(loop.time() + TEN.toNanos(), () -> future.setResult("value"));
        Task<String> task = loop.createTask(() -> Asyncio.waitFor(future, TEN));
        settle();
        loop.pass(TEN);

        assertThat(finish(task).result()).isEqualTo("value");
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationInTheTickOfTheLimitIsNotLost(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        loop.callAt(loop.time() + TEN.toNanos(), () -> future.setResult("value"));
        Task<String> task = loop.createTask(() -> Asyncio.waitFor(future, TEN));
        settle();
        loop.callAt(loop.time() + TEN.toNanos(), () -> task.cancel("enough"));
        loop.pass(TEN);

        assertThat(finish(task).isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aFutureThatFailsWithATimeoutOfItsOwnFailsTheCallWithIt(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        TimeoutException failure = new TimeoutException("of the database");
        future.setException(failure);
        assertThatThrownBy(() -> Asyncio.waitFor(future, TEN)).isSameAs(failure);
        return null;
      });
    }
  }

  @OnEachEngine
  void inAGroupALateGatheringFailsTheGroup(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  Future<?> ignored =
                      group.createTask(() -> Asyncio.waitFor(Asyncio.gather(List.of(never)), TEN));
                  return "not silently";
                }));
        settle();
        loop.pass(TEN);

        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        return null;
      });
    }
  }

  /**
   * The exception of the thread is thrown unchanged: no limit has passed, and the task is not
   * cancelled.
   */
  @OnEachEngine
  void aThreadThatThrowsTheErrorOfACancellationIsNoLimit(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        CancelledError error = new CancelledError("of the thread");
        Callable<String> throwing =
            () -> {
              throw error;
            };
        assertThatThrownBy(() -> Asyncio.timeout(TEN, () -> Asyncio.toThread(throwing::call)))
            .isSameAs(error);
        assertThatThrownBy(() -> Asyncio.waitFor(loop.runInExecutor(throwing), TEN))
            .isSameAs(error);
        assertThat(loop.currentTask().orElseThrow().cancelling()).isZero();
        return null;
      });
    }
  }
}
