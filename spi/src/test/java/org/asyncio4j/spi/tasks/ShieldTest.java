package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
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

/** A future that cancellations of its awaiters do not reach. */
@HangGuard
class ShieldTest {

  @OnEachEngine
  void theOuterFutureEndsAsTheInnerOne(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> finishing = loop.createFuture();
        Promise<String> failing = loop.createFuture();
        Promise<String> cancelled = loop.createFuture();
        Future<String> value = Asyncio.shield(finishing);
        Future<String> failure = Asyncio.shield(failing);
        Future<String> cancellation = Asyncio.shield(cancelled);
        finishing.setResult("value");
        failing.setException(new IOException("on purpose"));
        cancelled.cancel("no more");
        assertThat(value.await()).isEqualTo("value");
        assertThatThrownBy(failure::await).isInstanceOf(IOException.class).hasMessage("on purpose");
        assertThatThrownBy(cancellation::await)
            .isInstanceOf(CancelledError.class)
            .hasMessage("no more");
        assertThat(cancellation.isCancelled()).isTrue();
        assertThat(Asyncio.shield(finishing)).isSameAs(finishing);
        return null;
      });
    }
  }

  @OnEachEngine
  void cancellingTheTaskThatWaitsLeavesTheInnerOneAlone(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> gate = loop.createFuture();
        Task<String> inner = loop.createTask(() -> gate.await());
        Future<String> outer = Asyncio.shield(inner);
        Task<String> waiting = loop.createTask(() -> outer.await());
        TestLoop.yieldUntil(() -> !outer.awaitedBy().isEmpty());
        assertThat(inner.awaitedBy()).isEqualTo(List.of(outer));
        assertThat(outer.awaitedBy()).isEqualTo(List.of(waiting));

        waiting.cancel("enough");

        assertThatThrownBy(waiting::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        assertThat(inner.cancelling()).isZero();
        assertThat(inner.awaitedBy()).isEmpty();
        gate.setResult("value");
        assertThat(inner.await()).isEqualTo("value");
        return null;
      });
    }
  }

  @OnEachEngine
  void aLateFailureIsReportedOnceHoweverOftenTheFutureWasShielded(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      IOException failure = new IOException("on purpose");
      Promise<String> inner = loop.createFuture();
      loop.run(() -> {
        assertThat(Asyncio.shield(inner).cancel()).isTrue();
        assertThat(Asyncio.shield(inner).cancel()).isTrue();
        Awaiter.yieldOnce();
        assertThat(Asyncio.shield(inner).cancel()).isTrue();
        inner.setException(failure);
        TestLoop.yieldUntil(loop::hasReports);
        Awaiter.yieldOnce();
        return null;
      });
      assertThat(loop.takeReports())
          .singleElement()
          .satisfies(report -> {
            assertThat(report.message()).isEqualTo("IOException exception in shielded future");
            assertThat(report.exception()).containsSame(failure);
            assertThat(report.future()).containsSame(inner);
          });
    }
  }

  @OnEachEngine
  void aLateEndWithoutFailureIsNotReported(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> finishing = loop.createFuture();
        Promise<String> cancelled = loop.createFuture();
        Asyncio.shield(finishing).cancel();
        Asyncio.shield(cancelled).cancel();
        finishing.setResult("value");
        cancelled.cancel();
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        return null;
      });
      assertThat(loop.takeReports()).isEmpty();
    }
  }

  @OnEachEngine
  void aFailureThatIsOnItsWayWhenTheOuterOneIsCancelledIsNotLost(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        failThenCancel(loop);
        TestLoop.yieldUntil(() -> {
          System.gc();
          return loop.hasReports();
        });
        return null;
      });
      assertThat(loop.takeReports())
          .singleElement()
          .satisfies(
              report -> assertThat(report.exception().orElseThrow()).hasMessage("on its way"));
    }
  }

  @OnEachEngine
  void aCancellationIsNeverLostWheneverItComes(CoroutineMode mode) {
    for (int ticks = 0; ticks < 6; ticks++) {
      int after = ticks;
      try (TestLoop loop = TestLoop.on(mode)) {
        loop.run(() -> {
          Promise<String> inner = loop.createFuture();
          Future<String> outer = Asyncio.shield(inner);
          Task<String> waiting = loop.createTask(() -> outer.await());
          TestLoop.yieldUntil(() -> !outer.awaitedBy().isEmpty());
          inner.setResult("value");
          for (int i = 0; i < after; i++) {
            Awaiter.yieldOnce();
          }
          boolean accepted = waiting.cancel();
          TestLoop.yieldUntil(waiting::isDone);
          assertThat(waiting.isCancelled()).as("after %s ticks", after).isEqualTo(accepted);
          assertThat(inner.result()).isEqualTo("value");
          return null;
        });
      }
    }
  }

  private static void failThenCancel(TestLoop loop) {
    Promise<String> inner = loop.createFuture();
    Future<String> outer = Asyncio.shield(inner);
    inner.setException(new IllegalStateException("on its way"));
    assertThat(outer.cancel()).isTrue();
    Awaiter.yieldOnce();
  }
}
