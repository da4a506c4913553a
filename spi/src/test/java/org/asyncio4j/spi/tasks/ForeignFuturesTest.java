package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.spi.fixture.ThirdPartyFuture;
import org.asyncio4j.tasks.ReturnWhen;
import org.asyncio4j.tasks.WaitResult;

/** Futures of third parties, awkward ones, and those of another loop. */
@HangGuard
class ForeignFuturesTest {

  @OnEachEngine
  void aForeignFutureIsReturnedItself(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        ThirdPartyFuture<String> future = new ThirdPartyFuture<>(loop);
        Future<List<String>> gathered = Asyncio.gather(future);
        Future<String> shielded = Asyncio.shield(future);
        loop.callSoon(() -> future.promise().setResult("value"));
        assertThat(Asyncio.waitAll(List.of(future)).done()).containsExactly(future);
        assertThat(Asyncio.asCompleted(List.of(future))).containsExactly(future);
        assertThat(gathered.await()).containsExactly("value");
        assertThat(shielded.await()).isEqualTo("value");
        return null;
      });
    }
  }

  @OnEachEngine
  void aFutureThatCallsTwiceCountsOnce(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        ThirdPartyFuture<String> eager = new ThirdPartyFuture<String>(loop).callingTwice();
        Promise<String> other = loop.createFuture();
        Future<List<String>> gathered = Asyncio.<String>gather(eager, other);
        Iterable<Future<String>> completed = Asyncio.<String>asCompleted(List.of(eager, other));
        loop.callSoon(() -> eager.promise().setResult("eager"));
        loop.callSoon(() -> loop.callSoon(() -> other.setResult("other")));
        assertThat(Asyncio.<String>waitAll(List.of(eager, other)).pending()).isEmpty();
        assertThat(completed).containsExactly(eager, other);
        assertThat(gathered.await()).containsExactly("eager", "other");
        return null;
      });
    }
  }

  @OnEachEngine
  void aFutureThatRefusesACallbackLeavesNothingBehind(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> first = loop.createFuture();
        ThirdPartyFuture<String> second =
            new ThirdPartyFuture<String>(loop)
                .refusingCallbacks(new UnsupportedOperationException("no callbacks"));
        for (Function<List<Future<String>>, Object> operation : operations()) {
          assertThatThrownBy(() -> operation.apply(List.of(first, second)))
              .isInstanceOf(UnsupportedOperationException.class)
              .hasMessage("no callbacks");
          assertThat(first.awaitedBy()).isEmpty();
        }
        return null;
      });
    }
  }

  @OnEachEngine
  void aFutureThatKeepsItsCallbacksIsOnlyReported(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        ThirdPartyFuture<String> keeping = new ThirdPartyFuture<String>(loop).keepingCallbacks();
        Promise<String> done = loop.createFuture();
        done.setResult("value");
        WaitResult<String> result =
            Asyncio.waitUntil(List.<Future<String>>of(keeping, done), ReturnWhen.FIRST_COMPLETED);
        assertThat(result.pending()).containsExactly(keeping);
        assertThat(loop.takeReports())
            .singleElement()
            .satisfies(report -> {
              assertThat(report.message()).isEqualTo("A done-callback could not be removed");
              assertThat(report.future()).containsSame(keeping);
            });
        keeping.promise().setResult("late");
        assertThat(keeping.await()).isEqualTo("late");
        return null;
      });
    }
  }

  @OnEachEngine
  void futuresOfAnotherLoopAreRefusedBeforeAnythingIsChanged(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode);
        TestLoop other = TestLoop.on(mode)) {
      Promise<String> stranger = other.createFuture();
      loop.run(() -> {
        Promise<String> own = loop.createFuture();
        for (Function<List<Future<String>>, Object> operation : operations()) {
          assertThatThrownBy(() -> operation.apply(List.of(own, stranger)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("cannot wait for futures on " + loop)
              .hasMessageContaining(other.toString());
          assertThat(own.awaitedBy()).isEmpty();
          assertThat(stranger.awaitedBy()).isEmpty();
        }
        assertThatThrownBy(() -> Asyncio.shield(stranger))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Asyncio.gather(stranger, stranger))
            .isInstanceOf(IllegalArgumentException.class);
        return null;
      });
    }
  }

  private static List<Function<List<Future<String>>, Object>> operations() {
    return Stream.<Function<List<Future<String>>, Object>>of(
            Asyncio::<String>gather,
            Asyncio::<String>gatherOutcomes,
            futures -> Asyncio.waitAll(futures),
            Asyncio::<String>asCompleted)
        .toList();
  }
}
