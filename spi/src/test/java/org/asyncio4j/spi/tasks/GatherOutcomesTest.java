package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.InvalidStateException;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.tasks.Outcome;

/** How several futures end. */
@HangGuard
class GatherOutcomesTest {

  @OnEachEngine
  void outcomesAreReturnedWhenAllAreDone(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        IOException failure = new IOException("on purpose");
        Promise<String> failing = loop.createFuture();
        Promise<String> cancelled = loop.createFuture();
        Promise<String> finishing = loop.createFuture();
        Future<List<Outcome<String>>> gathered =
            Asyncio.gatherOutcomes(failing, cancelled, finishing);
        failing.setException(failure);
        cancelled.cancel("no more");
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        assertThat(gathered.isDone()).isFalse();
        finishing.setResult("value");

        List<Outcome<String>> outcomes = gathered.await();

        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Failure<String>(failure));
        assertThat(outcomes.get(1))
            .isInstanceOfSatisfying(
                Outcome.Cancelled.class, ended -> assertThat(ended.error()).hasMessage("no more"));
        assertThat(outcomes.get(2)).isEqualTo(new Outcome.Success<>("value"));
        return null;
      });
    }
  }

  @OnEachEngine
  void nothingHasNoOutcomesAtOnce(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        assertThat(Asyncio.gatherOutcomes(List.<Future<String>>of()).result()).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationIsReportedOnlyWhenAllChildrenHaveEnded(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> cleaning = loop.createFuture();
        Task<String> slow = loop.createTask(() -> cleanUpSlowly(loop, cleaning));
        Promise<String> quick = loop.createFuture();
        Task<List<Outcome<String>>> waiting =
            loop.createTask(() -> Asyncio.<String>gatherOutcomes(slow, quick).await());
        TestLoop.yieldUntil(() -> !quick.awaitedBy().isEmpty());
        TestLoop.yieldUntil(() -> !quick.awaitedBy().getFirst().awaitedBy().isEmpty());

        waiting.cancel("enough");
        assertThat(quick.isCancelled()).isTrue();
        TestLoop.yieldUntil(() -> !cleaning.awaitedBy().isEmpty());
        Awaiter.yieldOnce();
        assertThat(waiting.isDone()).isFalse();
        cleaning.setResult("clean");

        assertThatThrownBy(waiting::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        assertThat(slow.isDone()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationOverridesFailures(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> failed = loop.createFuture();
        failed.setException(new IOException("on purpose"));
        Promise<String> pending = loop.createFuture();
        Future<List<Outcome<String>>> gathered = Asyncio.gatherOutcomes(failed, pending);
        assertThat(gathered.cancel("enough")).isTrue();
        assertThatThrownBy(gathered::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        return null;
      });
    }
  }

  @OnEachEngine
  void aPendingFutureHasNoOutcome(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      Promise<String> pending = loop.createFuture();
      assertThatThrownBy(() -> Outcome.of(pending))
          .isInstanceOf(InvalidStateException.class)
          .hasMessageContaining("it is pending");
    }
  }

  private static String cleanUpSlowly(TestLoop loop, Promise<String> cleaning) {
    try {
      return loop.<String>createFuture().await();
    } finally {
      cleaning.await();
    }
  }
}
