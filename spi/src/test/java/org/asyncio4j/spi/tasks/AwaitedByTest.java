package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

/** The tasks that wait for a future, as the future reports them. */
@HangGuard
class AwaitedByTest {

  @OnEachEngine
  void tasksThatAwaitAreNamedInOrderUntilTheFutureIsDone(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        assertThat(future.awaitedBy()).isEmpty();
        Task<String> first = loop.createTask(future::await);
        Task<String> second = loop.createTask(future::await);
        Task<String> ofTask = loop.createTask(second::await);
        Awaiter.yieldOnce();

        assertThat(future.awaitedBy()).containsExactly(first, second);
        assertThat(second.awaitedBy()).containsExactly(ofTask);
        assertThat(first.awaitedBy()).isEmpty();

        future.setResult("value");
        assertThat(future.awaitedBy()).isEmpty();
        assertThat(ofTask.await()).isEqualTo("value");
        assertThat(second.awaitedBy()).isEmpty();
        assertThat(first.await()).isEqualTo("value");
        return null;
      });
    }
  }

  @OnEachEngine
  void callbacksNameTheirAwaiterUntilTheyAreRemoved(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        Promise<String> outer = loop.createFuture();
        Edge<String> edge = new Edge<>(outer);
        future.addDoneCallback(done -> outer.cancel());
        future.addDoneCallback(edge);
        future.addDoneCallback(edge);
        assertThat(future.awaitedBy()).containsExactly(outer, outer);

        assertThat(future.removeDoneCallback(edge)).isEqualTo(2);
        assertThat(future.awaitedBy()).isEmpty();
        future.addDoneCallback(new Edge<>(outer));
        assertThat(future.awaitedBy()).containsExactly(outer);

        boolean ignored = future.cancel();
        assertThat(future.awaitedBy()).isEmpty();
        future.addDoneCallback(edge);
        assertThat(future.awaitedBy()).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void aTaskThatIsCancelledWaitsForNothing(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<String> stubborn =
            loop.createTask(() -> {
              try {
                return never.await();
              } catch (CancelledError refused) {
                Awaiter.yieldOnce();
                return "refused";
              }
            });
        Task<String> waits = loop.createTask(stubborn::await);
        Awaiter.yieldOnce();
        waits.cancel();
        assertThat(never.awaitedBy()).isEmpty();
        assertThat(stubborn.awaitedBy()).containsExactly(waits);
        assertThat(waits.await()).isEqualTo("refused");
        assertThat(stubborn.awaitedBy()).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void aFutureThatForwardsToAnotherReturnsItsAwaiters(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Future<String> wrapped = Asyncio.wrapFuture(stage);
        Task<String> waits = loop.createTask(wrapped::await);
        TestLoop.yieldUntil(() -> !wrapped.awaitedBy().isEmpty());
        assertThat(wrapped.awaitedBy()).containsExactly(waits);

        Edge<String> edge = new Edge<>(waits);
        wrapped.addDoneCallback(edge);
        assertThat(wrapped.awaitedBy()).containsExactly(waits, waits);
        assertThat(wrapped.removeDoneCallback(edge)).isEqualTo(1);
        stage.complete("value");
        assertThat(waits.await()).isEqualTo("value");
        assertThat(wrapped.awaitedBy()).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void strangersAreRefusedWhileTheLoopRuns(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      Promise<String> future = loop.createFuture();
      assertThat(future.awaitedBy()).isEmpty();
      List<Throwable> refusals = new ArrayList<>();
      loop.run(() -> {
        Thread stranger =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    List<Future<?>> ignored = future.awaitedBy();
                  } catch (WrongThreadException refused) {
                    refusals.add(refused);
                  }
                });
        stranger.join();
        return null;
      });
      assertThat(refusals).hasSize(1);
    }
  }
}
