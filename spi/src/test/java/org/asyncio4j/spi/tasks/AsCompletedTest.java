package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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

/** Futures in the order in which they complete. */
@HangGuard
class AsCompletedTest {

  @OnEachEngine
  void futuresComeInTheOrderInWhichTheyCompleteHoweverTheyEnd(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> first = loop.createFuture();
        Promise<String> second = loop.createFuture();
        Promise<String> third = loop.createFuture();
        Promise<String> done = loop.createFuture();
        done.setResult("done");
        loop.callSoon(() -> third.setException(new IOException("on purpose")));
        loop.callSoon(() -> {
          second.cancel();
          first.setResult("first");
        });
        List<Future<String>> seen = new ArrayList<>();
        for (Future<String> next : Asyncio.asCompleted(List.of(first, second, third, done, done))) {
          assertThat(next.isDone()).isTrue();
          seen.add(next);
        }
        assertThat(seen).containsExactly(done, third, second, first);
        assertThat(third.exception().orElseThrow()).hasMessage("on purpose");
        return null;
      });
    }
  }

  @OnEachEngine
  void theOrderIsThatOfCompletionEvenWithoutRequestsInBetween(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> first = loop.createFuture();
        Promise<String> second = loop.createFuture();
        Iterable<Future<String>> completed = Asyncio.asCompleted(List.of(first, second));
        second.setResult("second");
        first.setResult("first");
        Awaiter.yieldOnce();
        assertThat(completed).containsExactly(second, first);
        assertThat(completed).isEmpty();
        assertThatThrownBy(() -> completed.iterator().next())
            .isInstanceOf(NoSuchElementException.class);
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancelledTaskLosesNoFutureAndCancelsNone(CoroutineMode mode) {
    for (int ticks = 0; ticks < 4; ticks++) {
      int after = ticks;
      try (TestLoop loop = TestLoop.on(mode)) {
        loop.run(() -> {
          Promise<String> promise = loop.createFuture();
          List<Future<String>> seen = new ArrayList<>();
          Iterator<Future<String>> completed = Asyncio.asCompleted(List.of(promise)).iterator();
          Task<?> asking = loop.createTask(() -> seen.add(completed.next()));
          Awaiter.yieldOnce();
          Awaiter.yieldOnce();
          loop.callSoon(() -> promise.setResult("value"));
          for (int i = 0; i < after; i++) {
            Awaiter.yieldOnce();
          }
          boolean accepted = asking.cancel();
          TestLoop.yieldUntil(asking::isDone);
          assertThat(asking.isCancelled()).as("after %s ticks", after).isEqualTo(accepted);
          assertThat(completed.hasNext()).isEqualTo(accepted);
          if (accepted) {
            assertThat(completed.next()).isSameAs(promise);
          }
          assertThat(promise.await()).isEqualTo("value");
          return null;
        });
      }
    }
  }

  @OnEachEngine
  void severalTasksShareTheFuturesAndACancelledOnePassesItsOwnOn(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> first = loop.createFuture();
        Promise<String> second = loop.createFuture();
        Iterator<Future<String>> completed = Asyncio.asCompleted(List.of(first, second)).iterator();
        Task<Future<String>> one = loop.createTask(completed::next);
        Task<Future<String>> other = loop.createTask(completed::next);
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        assertThat(completed.hasNext()).isFalse();
        // The first task has been woken when it is cancelled, but has not run.
        loop.callSoon(() -> first.setResult("first"));
        loop.callSoon(() -> loop.callSoon(one::cancel));
        assertThat(other.await()).isSameAs(first);
        assertThatThrownBy(one::await).isInstanceOf(CancelledError.class);
        second.setResult("second");
        assertThat(completed.next()).isSameAs(second);
        return null;
      });
    }
  }

  @OnEachEngine
  void theCallGraphNamesTheTaskAndNothingIsNothing(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> promise = loop.createFuture();
        Iterable<Future<String>> completed = Asyncio.asCompleted(List.of(promise));
        assertThat(promise.awaitedBy()).isEqualTo(List.of(loop.currentTask().orElseThrow()));
        promise.setResult("value");
        assertThat(completed).containsExactly(promise);
        assertThat(Asyncio.asCompleted(List.<Future<String>>of())).isEmpty();
        return null;
      });
    }
  }

  @Test
  void aTaskIsNeeded() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      Promise<String> promise = loop.createFuture();
      assertThatThrownBy(() -> Asyncio.asCompleted(List.of(promise)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot call asCompleted: no task runs on ");
      assertThat(promise.awaitedBy()).isEmpty();
    }
  }
}
