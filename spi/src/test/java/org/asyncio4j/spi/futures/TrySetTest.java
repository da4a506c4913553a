package org.asyncio4j.spi.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;

class TrySetTest {

  @OnEachEngine
  void theFirstCompletesAndTheOthersChangeNothing(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      Promise<String> value = loop.createFuture();
      assertThat(value.trySetResult("first")).isTrue();
      assertThat(value.trySetResult("second")).isFalse();
      assertThat(value.trySetException(new IllegalStateException("third"))).isFalse();
      assertThat(value.result()).isEqualTo("first");

      Promise<String> failed = loop.createFuture();
      IllegalStateException failure = new IllegalStateException("on purpose");
      assertThat(failed.trySetException(failure)).isTrue();
      assertThat(failed.trySetResult("too late")).isFalse();
      assertThat(failed.exception()).containsSame(failure);

      Promise<String> cancelled = loop.createFuture();
      cancelled.cancel("enough");
      assertThat(cancelled.trySetResult("too late")).isFalse();
      assertThatThrownBy(cancelled::result).isInstanceOf(CancelledError.class).hasMessage("enough");
      assertThat(new CancelledError()).hasMessage(null).hasNoCause();
    }
  }

  @OnEachEngine
  void aForeignThreadIsRefusedWhetherDoneOrNot(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      Promise<String> pending = loop.createFuture();
      Promise<String> done = loop.createFuture();
      done.setResult("done");
      loop.run(() -> {
        assertForeignThreadIsRefused(pending);
        assertForeignThreadIsRefused(done);
        return null;
      });
      assertThat(pending.isDone()).isFalse();
    }
  }

  private static void assertForeignThreadIsRefused(Promise<String> promise) throws Exception {
    FutureTask<Boolean> foreign = new FutureTask<>(() -> promise.trySetResult("foreign"));
    Thread.ofPlatform().start(foreign).join();
    assertThatThrownBy(foreign::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(WrongThreadException.class);
  }
}
