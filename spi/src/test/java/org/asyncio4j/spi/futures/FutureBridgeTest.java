package org.asyncio4j.spi.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.SettableFuture;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.guava.ListenableFutures;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.RunningLoop;
import org.asyncio4j.spi.fixture.FailsWhereOthersAreCancelled;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;

/** Futures of the JDK and of Guava, both ways. */
@HangGuard
class FutureBridgeTest {

  @OnEachEngine
  void aWrappedStageMayCompleteOnAnyThread(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      String answer =
          loop.run(() -> {
            Future<String> future = Asyncio.wrapFuture(stage);
            Thread.ofPlatform().start(() -> stage.complete("hello"));
            return future.await();
          });
      assertThat(answer).isEqualTo("hello");
    }
  }

  @OnEachEngine
  void aWrappedStageFailsWithItsOwnException(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Future<String> direct = Asyncio.wrapFuture(stage);
        Future<String> dependent = Asyncio.wrapFuture(stage.thenApply(value -> value));
        stage.completeExceptionally(new IOException("on purpose"));
        assertThatThrownBy(direct::await).isInstanceOf(IOException.class).hasMessage("on purpose");
        assertThatThrownBy(dependent::await).isInstanceOf(IOException.class);
        return null;
      });
    }
  }

  @OnEachEngine
  void cancellingEitherCancelsTheOther(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Future<String> future = Asyncio.wrapFuture(stage);
        future.cancel();
        TestLoop.yieldUntil(stage::isCancelled);

        CompletableFuture<String> other = new CompletableFuture<>();
        Future<String> following = Asyncio.wrapFuture(other);
        other.cancel(false);
        assertThatThrownBy(following::await).isInstanceOf(CancelledError.class);
        return null;
      });
    }
  }

  @OnEachEngine
  void aStageThatEndsWithACancellationIsCancelledHoweverItIsWrapped(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        for (Throwable end :
            List.of(new CancellationException("gone"), new CancelledError("gone"))) {
          CompletableFuture<String> stage = new CompletableFuture<>();
          Future<String> direct = Asyncio.wrapFuture(stage);
          Future<String> dependent = Asyncio.wrapFuture(stage.thenApply(value -> value));
          stage.completeExceptionally(end);
          for (Future<String> future : List.of(direct, dependent)) {
            assertThatThrownBy(future::await).isInstanceOf(CancelledError.class).hasMessage("gone");
            assertThat(future.isCancelled()).isTrue();
          }
          assertThat(loop.currentTask().orElseThrow().cancelling()).isZero();
        }
        return null;
      });
    }
  }

  @OnEachEngine
  void aTaskOfAThirdPartyThatFailsWithTheErrorIsCancelledForOtherThreads(CoroutineMode mode)
      throws Exception {
    withRunningLoop(
        mode,
        loop -> {
          loop.setTaskFactory(new FailsWhereOthersAreCancelled());
          CompletableFuture<String> answer =
              Asyncio.runCoroutineThreadsafe(
                  () -> {
                    throw new CancelledError("on purpose");
                  },
                  loop);
          assertThatThrownBy(answer::get).isInstanceOf(CancellationException.class);
        });
  }

  @OnEachEngine
  void aStageThatCompletesAfterTheLoopWasClosedSeesNoError(CoroutineMode mode) {
    CompletableFuture<String> stage = new CompletableFuture<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> Asyncio.wrapFuture(stage));
    }
    assertThat(stage.complete("late")).isTrue();
    assertThat(stage).isCompletedWithValue("late");
  }

  @OnEachEngine
  void anotherThreadRunsABodyOnALoop(CoroutineMode mode) throws Exception {
    withRunningLoop(
        mode,
        loop -> {
          assertThat(Asyncio.runCoroutineThreadsafe(RunningLoop::runningLoop, loop).get())
              .isSameAs(loop);
          CompletableFuture<String> failing =
              Asyncio.runCoroutineThreadsafe(
                  () -> {
                    throw new IOException("on purpose");
                  },
                  loop);
          assertThatThrownBy(failing::get)
              .isInstanceOf(ExecutionException.class)
              .hasCauseInstanceOf(IOException.class);
          assertThatThrownBy(failing::join).isInstanceOf(CompletionException.class);
        });
  }

  @OnEachEngine
  void cancellingTheResultCancelsTheTaskAndViceVersa(CoroutineMode mode) throws Exception {
    withRunningLoop(
        mode,
        loop -> {
          CountDownLatch waits = new CountDownLatch(1);
          CountDownLatch cancelled = new CountDownLatch(1);
          CompletableFuture<Object> answer =
              Asyncio.runCoroutineThreadsafe(
                  () -> {
                    waits.countDown();
                    try {
                      return loop.createFuture().await();
                    } catch (CancelledError seen) {
                      cancelled.countDown();
                      throw seen;
                    }
                  },
                  loop);
          waits.await();
          answer.cancel(true);
          cancelled.await();

          CompletableFuture<Object> ofCancelledTask =
              Asyncio.runCoroutineThreadsafe(
                  () -> {
                    loop.currentTask().orElseThrow().cancel();
                    return loop.createFuture().await();
                  },
                  loop);
          assertThatThrownBy(ofCancelledTask::get).isInstanceOf(CancellationException.class);
        });
  }

  @OnEachEngine
  void aBodyForAClosedLoopIsRefused(CoroutineMode mode) {
    TestLoop loop = TestLoop.on(mode);
    loop.close();
    assertThatThrownBy(() -> Asyncio.runCoroutineThreadsafe(() -> null, loop))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @OnEachEngine
  void aListenableFutureIsFollowedBothWays(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        SettableFuture<String> answering = SettableFuture.create();
        Future<String> answer = ListenableFutures.wrapFuture(answering, loop);
        Thread.ofPlatform().start(() -> answering.set("hello"));
        assertThat(answer.await()).isEqualTo("hello");

        SettableFuture<String> failing = SettableFuture.create();
        failing.setException(new IOException("on purpose"));
        assertThatThrownBy(ListenableFutures.wrapFuture(failing, loop)::await)
            .isInstanceOf(IOException.class);

        SettableFuture<String> cancelled = SettableFuture.create();
        Future<String> following = ListenableFutures.wrapFuture(cancelled, loop);
        cancelled.cancel(true);
        assertThatThrownBy(following::await).isInstanceOf(CancelledError.class);

        SettableFuture<String> source = SettableFuture.create();
        ListenableFutures.wrapFuture(source).cancel();
        TestLoop.yieldUntil(source::isCancelled);
        return null;
      });
    }
  }

  private static void withRunningLoop(CoroutineMode mode, Body body) throws Exception {
    try (TestLoop loop = TestLoop.on(mode)) {
      Thread runner = Thread.ofPlatform().daemon().start(loop::runForever);
      body.run(loop);
      loop.callSoonThreadsafe(loop::stop);
      runner.join();
    }
  }

  private interface Body {
    void run(TestLoop loop) throws Exception;
  }
}
