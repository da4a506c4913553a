package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;

/**
 * Two requests before the next step are one cancellation, with the first message (asyncio), also
 * where the awaited future fails with it.
 */
@HangGuard
class FirstMessageTest {

  @OnEachEngine
  void ofATaskThatAwaitsAPromise(CoroutineMode mode) {
    assertFirst(mode, promise -> promise);
  }

  @OnEachEngine
  void ofATaskThatAwaitsAGathering(CoroutineMode mode) {
    assertFirst(mode, promise -> Asyncio.gather(List.of(promise)));
  }

  @OnEachEngine
  void ofATaskThatAwaitsAGatheringOfOutcomes(CoroutineMode mode) {
    assertFirst(mode, promise -> Asyncio.gatherOutcomes(List.of(promise)));
  }

  @OnEachEngine
  void ofATaskThatAwaitsAShield(CoroutineMode mode) {
    assertFirst(mode, Asyncio::shield);
  }

  private static void assertFirst(
      CoroutineMode mode, Function<Promise<Object>, Future<?>> awaited) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<Object> promise = loop.createFuture();
        Future<?> future = awaited.apply(promise);
        Task<?> task = Asyncio.createTask(() -> future.await());
        TestLoop.yieldUntil(() -> !future.awaitedBy().isEmpty());
        Awaiter.yieldOnce();
        task.cancel("first");
        task.cancel("second");

        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("first");
        assertThat(task.cancelling()).isEqualTo(2);
        return null;
      });
    }
  }

  @OnEachEngine
  void ofATaskThatAwaitsAPromiseThatFailsWithACancellation(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<Object> promise = loop.createFuture();
        Task<?> task = Asyncio.createTask(() -> promise.await());
        Awaiter.yieldOnce();
        promise.setException(new CancelledError("first"));
        task.cancel("second");

        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("first");
        return null;
      });
    }
  }
}
