package org.asyncio4j.spi.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;

/** The values of a context variable in tasks, callbacks and threads. */
@HangGuard
class ContextInLoopTest {

  private static final ContextVar<String> VARIABLE = ContextVar.withDefault("variable", "none");

  @OnEachEngine
  void aTaskHasACopyOfItsCreatorsContext(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        VARIABLE.set("of the creator");
        Task<String> task =
            loop.createTask(() -> {
              String inherited = VARIABLE.get();
              VARIABLE.set("of the task");
              Awaiter.yieldOnce();
              return inherited + ", then " + VARIABLE.get();
            });
        VARIABLE.set("changed later");
        assertThat(task.await()).isEqualTo("of the creator, then of the task");
        assertThat(VARIABLE.get()).isEqualTo("changed later");
        return null;
      });
    }
    assertThat(VARIABLE.get()).isEqualTo("none");
  }

  @OnEachEngine
  void aTaskRunsInTheContextThatItIsGiven(CoroutineMode mode) {
    Context context = Context.empty();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() ->
          loop.createTask(
                  () -> VARIABLE.set("of the task"), TaskOptions.defaults().withContext(context))
              .await());
    }
    assertThat(context.get(VARIABLE)).contains("of the task");
  }

  @OnEachEngine
  void callbacksHaveACopyOfTheirSchedulersContextEach(CoroutineMode mode) {
    List<String> seen = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        VARIABLE.set("of the scheduler");
        Promise<Void> promise = loop.createFuture();
        Runnable callback =
            () -> {
              seen.add(VARIABLE.get());
              VARIABLE.set("of a callback");
            };
        loop.callSoon(callback);
        loop.callSoonThreadsafe(callback);
        loop.callLater(Duration.ZERO, callback);
        promise.addDoneCallback(done -> callback.run());
        promise.setResult(null);
        loop.callSoon(callback, Context.empty());
        VARIABLE.set("changed later");
        TestLoop.yieldUntil(() -> seen.size() == 5);
        assertThat(VARIABLE.get()).isEqualTo("changed later");
        return null;
      });
    }
    assertThat(seen)
        .containsOnlyOnce("none")
        .filteredOn(value -> value.equals("of the scheduler"))
        .hasSize(4);
  }

  @OnEachEngine
  void aThreadOutsideHandsItsContextIn(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      String seen =
          Context.empty()
              .run(() -> {
                VARIABLE.set("of the thread");
                return loop.runUntilComplete(loop.createTask(VARIABLE::get));
              });
      assertThat(seen).isEqualTo("of the thread");
    }
  }
}
