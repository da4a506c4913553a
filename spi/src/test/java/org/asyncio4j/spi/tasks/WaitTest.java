package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.tasks.ReturnWhen;
import org.asyncio4j.tasks.WaitResult;

/** Waiting until enough futures are done. */
@HangGuard
class WaitTest {

  @OnEachEngine
  void allCompletedWaitsForFailuresAndCancellationsToo(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> finishing = loop.createFuture();
        Promise<String> failing = loop.createFuture();
        Promise<String> cancelled = loop.createFuture();
        Task<WaitResult<String>> waiting =
            loop.createTask(() -> Asyncio.waitAll(List.of(finishing, failing, cancelled)));
        TestLoop.yieldUntil(() -> !cancelled.awaitedBy().isEmpty());
        failing.setException(new IOException("on purpose"));
        cancelled.cancel();
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        assertThat(waiting.isDone()).isFalse();
        finishing.setResult("value");
        WaitResult<String> result = waiting.await();
        assertThat(result.done()).containsExactly(finishing, failing, cancelled);
        assertThat(result.pending()).isEmpty();
        assertThat(failing.exception().orElseThrow()).hasMessage("on purpose");
        return null;
      });
    }
  }

  @OnEachEngine
  void firstCompletedReturnsAfterOneCancellation(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> cancelled = loop.createFuture();
        Promise<String> pending = loop.createFuture();
        loop.callSoon(cancelled::cancel);
        WaitResult<String> result =
            Asyncio.waitUntil(List.of(pending, cancelled), ReturnWhen.FIRST_COMPLETED);
        assertThat(result.done()).containsExactly(cancelled);
        assertThat(result.pending()).containsExactly(pending);
        assertThat(pending.awaitedBy()).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void firstExceptionDoesNotReturnAfterACancellation(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> cancelled = loop.createFuture();
        Promise<String> finished = loop.createFuture();
        Promise<String> failing = loop.createFuture();
        Promise<String> pending = loop.createFuture();
        List<Future<String>> all = List.of(cancelled, finished, failing, pending);
        Task<WaitResult<String>> waiting =
            loop.createTask(() -> Asyncio.waitUntil(all, ReturnWhen.FIRST_EXCEPTION));
        TestLoop.yieldUntil(() -> !pending.awaitedBy().isEmpty());
        cancelled.cancel();
        finished.setResult("value");
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        assertThat(waiting.isDone()).isFalse();
        failing.setException(new IOException("on purpose"));
        WaitResult<String> result = waiting.await();
        assertThat(result.done()).containsExactly(cancelled, finished, failing);
        assertThat(result.pending()).containsExactly(pending);
        return null;
      });
    }
  }

  @OnEachEngine
  void firstExceptionWaitsForAllIfNoneFails(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> first = loop.createFuture();
        Promise<String> second = loop.createFuture();
        loop.callSoon(() -> first.setResult("first"));
        loop.callSoon(() -> loop.callSoon(() -> second.setResult("second")));
        assertThat(Asyncio.waitUntil(List.of(first, second), ReturnWhen.FIRST_EXCEPTION).done())
            .containsExactly(first, second);
        return null;
      });
    }
  }

  @OnEachEngine
  void doneFuturesAreReturnedAfterOneTick(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> done = loop.createFuture();
        done.setResult("value");
        Promise<String> pending = loop.createFuture();
        boolean[] turn = new boolean[1];
        loop.callSoon(() -> turn[0] = true);
        WaitResult<String> result =
            Asyncio.waitUntil(List.of(done, done, pending), ReturnWhen.FIRST_COMPLETED);
        assertThat(turn).containsExactly(true);
        assertThat(result.done()).containsExactly(done);
        return null;
      });
    }
  }

  @OnEachEngine
  void aTimeLimitEndsTheWaitAndCancelsNothing(CoroutineMode mode) {
    AtomicLong now = new AtomicLong();
    LoopContext context = LoopContext.defaults().withCoroutines(mode).withClock(now::get);
    try (TestLoop loop = new TestLoop(context)) {
      loop.run(() -> {
        Promise<String> pending = loop.createFuture();
        Task<WaitResult<String>> waiting =
            loop.createTask(() ->
                Asyncio.waitUntil(
                    List.of(pending), ReturnWhen.ALL_COMPLETED, Duration.ofSeconds(1)));
        TestLoop.yieldUntil(() -> !pending.awaitedBy().isEmpty());
        now.addAndGet(Duration.ofSeconds(1).toNanos() - 1);
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        assertThat(waiting.isDone()).isFalse();
        now.addAndGet(1);
        WaitResult<String> result = waiting.await();
        assertThat(result.done()).isEmpty();
        assertThat(result.pending()).containsExactly(pending);
        assertThat(pending.isDone()).isFalse();
        assertThat(pending.awaitedBy()).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void aZeroTimeoutWaitsForOneTick(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> pending = loop.createFuture();
        Promise<String> done = loop.createFuture();
        done.setResult("value");
        WaitResult<String> result =
            Asyncio.waitUntil(List.of(pending, done), ReturnWhen.ALL_COMPLETED, Duration.ZERO);
        assertThat(result.done()).containsExactly(done);
        assertThat(result.pending()).containsExactly(pending);
        return null;
      });
    }
  }

  @OnEachEngine
  void cancellingTheTaskThatWaitsCancelsNoFuture(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> pending = loop.createFuture();
        Task<WaitResult<String>> waiting = loop.createTask(() -> Asyncio.waitAll(List.of(pending)));
        TestLoop.yieldUntil(() -> !pending.awaitedBy().isEmpty());
        assertThat(pending.awaitedBy()).isEqualTo(List.of(waiting));
        waiting.cancel("enough");
        assertThatThrownBy(waiting::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        assertThat(pending.isDone()).isFalse();
        assertThat(pending.awaitedBy()).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationThatComesWithTheLastFutureIsNotLost(CoroutineMode mode) {
    for (int ticks = 0; ticks < 4; ticks++) {
      int after = ticks;
      try (TestLoop loop = TestLoop.on(mode)) {
        loop.run(() -> {
          Promise<String> pending = loop.createFuture();
          Task<WaitResult<String>> waiting =
              loop.createTask(() -> Asyncio.waitAll(List.of(pending)));
          TestLoop.yieldUntil(() -> !pending.awaitedBy().isEmpty());
          pending.setResult("value");
          for (int i = 0; i < after; i++) {
            Awaiter.yieldOnce();
          }
          boolean accepted = waiting.cancel();
          TestLoop.yieldUntil(waiting::isDone);
          assertThat(waiting.isCancelled()).as("after %s ticks", after).isEqualTo(accepted);
          return null;
        });
      }
    }
  }

  @OnEachEngine
  void badArgumentsAreRefused(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        assertThatThrownBy(() -> Asyncio.waitAll(List.<Future<String>>of()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("must not be empty");
        Promise<String> pending = loop.createFuture();
        Promise<Throwable> thrown = loop.createFuture();
        loop.callSoon(() -> {
          try {
            Asyncio.waitAll(List.of(pending));
          } catch (IllegalStateException refused) {
            thrown.setResult(refused);
          }
        });
        assertThat(thrown.await()).hasMessageContaining("cannot call wait: no task runs on ");
        assertThat(pending.awaitedBy()).isEmpty();
        return null;
      });
    }
  }
}
