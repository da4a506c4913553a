package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
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
import org.junit.jupiter.api.Test;

/** The values of several futures, and what becomes of failures and cancellations. */
@HangGuard
class GatherTest {

  @OnEachEngine
  void valuesHaveTheOrderOfTheFuturesAndMayBeNull(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      Promise<String> first = loop.createFuture();
      Promise<String> second = loop.createFuture();
      Promise<String> third = loop.createFuture();
      List<String> values =
          loop.run(() -> {
            loop.callSoon(() -> third.setResult("third"));
            loop.callSoon(() -> second.setResult(null));
            loop.callSoon(() -> first.setResult("first"));
            return Asyncio.gather(first, second, third).await();
          });
      assertThat(values).containsExactly("first", null, "third");
    }
  }

  @OnEachEngine
  void aFutureThatOccursTwiceIsCancelledOnceAndReturnedTwice(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<String> task = loop.createTask(() -> loop.<String>createFuture().await());
        Future<List<String>> cancelled = Asyncio.gather(task, task);
        Awaiter.yieldOnce();
        assertThat(cancelled.cancel()).isTrue();
        assertThat(task.cancelling()).isEqualTo(1);
        assertThatThrownBy(cancelled::await).isInstanceOf(CancelledError.class);

        Promise<String> promise = loop.createFuture();
        Future<List<String>> gathered = Asyncio.gather(promise, promise);
        promise.setResult("same");
        assertThat(gathered.await()).containsExactly("same", "same");
        return null;
      });
    }
  }

  @OnEachEngine
  void nothingAndDoneFuturesAreGatheredAtOnce(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> done = loop.createFuture();
        done.setResult("done");
        Promise<String> failed = loop.createFuture();
        failed.setException(new IOException("on purpose"));
        assertThat(Asyncio.gather(List.<Future<String>>of()).result()).isEmpty();
        assertThat(Asyncio.gather(done, done).result()).containsExactly("done", "done");
        assertThat(Asyncio.gather(done, failed).exception().orElseThrow()).hasMessage("on purpose");
        return null;
      });
    }
  }

  @Test
  void gatheringNothingNeedsALoop() {
    assertThatThrownBy(() -> Asyncio.gather(List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no running event loop on ");
  }

  @OnEachEngine
  void theFirstFailureIsReportedAtOnceAndTheOthersContinue(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        IOException failure = new IOException("on purpose");
        Promise<String> failing = loop.createFuture();
        Promise<String> gate = loop.createFuture();
        Task<String> sibling = loop.createTask(() -> gate.await());
        Future<List<String>> gathered = Asyncio.gather(sibling, failing);
        failing.setException(failure);
        assertThatThrownBy(gathered::await).isSameAs(failure);
        assertThat(sibling.isDone()).isFalse();
        assertThat(sibling.cancelling()).isZero();
        gate.setResult("went on");
        assertThat(sibling.await()).isEqualTo("went on");
        return null;
      });
    }
  }

  @OnEachEngine
  void laterFailuresCountAsRetrieved(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        failTwice(loop);
        // One that is reported shows that those before had their turn.
        failUnretrieved(loop);
        TestLoop.yieldUntil(() -> {
          System.gc();
          return loop.hasReports();
        });
        return null;
      });
      assertThat(loop.takeReports())
          .singleElement()
          .satisfies(report -> assertThat(report.exception().orElseThrow()).hasMessage("unseen"));
    }
  }

  @OnEachEngine
  void aCancelledChildFailsTheWholeWhichIsNotCancelled(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> child = loop.createFuture();
        Promise<String> sibling = loop.createFuture();
        Future<List<String>> gathered = Asyncio.gather(child, sibling);
        child.cancel("no more");
        assertThatThrownBy(gathered::await)
            .isInstanceOf(CancelledError.class)
            .hasMessage("no more");
        assertThat(gathered.isCancelled()).isFalse();
        assertThat(gathered.exception().orElseThrow()).isInstanceOf(CancelledError.class);
        assertThat(sibling.isDone()).isFalse();
        return null;
      });
    }
  }

  @OnEachEngine
  void cancellingTheWholeCancelsThePendingChildren(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> done = loop.createFuture();
        done.setResult("done");
        Promise<String> one = loop.createFuture();
        Promise<String> other = loop.createFuture();
        Future<List<String>> gathered = Asyncio.gather(done, one, other);
        assertThat(gathered.cancel("enough")).isTrue();
        assertThat(gathered.isDone()).isFalse();
        assertThat(one.isCancelled()).isTrue();
        assertThat(other.isCancelled()).isTrue();
        assertThatThrownBy(gathered::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        assertThat(gathered.cancel()).isFalse();
        return null;
      });
    }
  }

  @OnEachEngine
  void cancellingTheTaskThatWaitsCancelsTheChildren(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> child = loop.createFuture();
        Task<List<String>> waiting = loop.createTask(() -> Asyncio.gather(child).await());
        TestLoop.yieldUntil(() -> !child.awaitedBy().isEmpty());
        TestLoop.yieldUntil(() -> !child.awaitedBy().getFirst().awaitedBy().isEmpty());
        waiting.cancel();
        assertThat(child.isCancelled()).isTrue();
        TestLoop.yieldUntil(waiting::isDone);
        assertThat(waiting.isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationIsNotLostWhenTheChildrenRefuseIt(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<String> stubborn = loop.createTask(() -> refuse(loop));
        Awaiter.yieldOnce();
        Future<List<String>> gathered = Asyncio.gather(stubborn);
        assertThat(gathered.cancel("enough")).isTrue();
        assertThatThrownBy(gathered::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        assertThat(stubborn.result()).isEqualTo("refused");
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationThatComesWhenAllChildrenAreDoneIsNotLost(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> child = loop.createFuture();
        Task<List<String>> waiting = loop.createTask(() -> Asyncio.gather(child).await());
        TestLoop.yieldUntil(() -> !child.awaitedBy().isEmpty());
        TestLoop.yieldUntil(() -> !child.awaitedBy().getFirst().awaitedBy().isEmpty());
        child.setResult("done");
        assertThat(waiting.cancel()).isTrue();
        TestLoop.yieldUntil(waiting::isDone);
        assertThat(waiting.isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aGatheringThatWasCancelledAndForgottenIsNotReported(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> child = loop.createFuture();
        assertThat(Asyncio.gather(child).cancel()).isTrue();
        Awaiter.yieldOnce();
        failUnretrieved(loop);
        TestLoop.yieldUntil(() -> {
          System.gc();
          return loop.hasReports();
        });
        return null;
      });
      assertThat(loop.takeReports())
          .singleElement()
          .satisfies(report -> assertThat(report.exception().orElseThrow()).hasMessage("unseen"));
    }
  }

  @OnEachEngine
  void theCallGraphLeadsFromTheChildThroughTheWholeToTheTask(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> child = loop.createFuture();
        Future<List<String>> gathered = Asyncio.gather(child);
        Task<List<String>> waiting = loop.createTask(gathered::await);
        TestLoop.yieldUntil(() -> !gathered.awaitedBy().isEmpty());
        assertThat(child.awaitedBy()).isEqualTo(List.of(gathered));
        assertThat(gathered.awaitedBy()).isEqualTo(List.of(waiting));
        child.setResult("value");
        assertThat(waiting.await()).containsExactly("value");
        assertThat(child.awaitedBy()).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void theValuesCannotBeChanged(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> child = loop.createFuture();
        child.setResult("value");
        List<String> values = Asyncio.gather(Arrays.asList(child)).await();
        assertThatThrownBy(() -> values.add("more"))
            .isInstanceOf(UnsupportedOperationException.class);
        return null;
      });
    }
  }

  private static String refuse(TestLoop loop) {
    try {
      return loop.<String>createFuture().await();
    } catch (CancelledError refused) {
      return "refused";
    }
  }

  private static void failTwice(TestLoop loop) {
    Promise<String> first = loop.createFuture();
    Promise<String> second = loop.createFuture();
    Future<List<String>> gathered = Asyncio.gather(first, second);
    first.setException(new IllegalStateException("first"));
    assertThatThrownBy(gathered::await).hasMessage("first");
    second.setException(new IllegalStateException("second"));
    Awaiter.yieldOnce();
  }

  private static void failUnretrieved(TestLoop loop) {
    loop.createFuture().setException(new IllegalStateException("unseen"));
  }
}
