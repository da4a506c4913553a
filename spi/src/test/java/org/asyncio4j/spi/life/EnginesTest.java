package org.asyncio4j.spi.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.ParkingLoop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both engines do alike. */
class EnginesTest {

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void aTaskRunsAndReturns(CoroutineMode mode) {
    String answer = run(mode, loop -> () -> "hello");

    assertThat(answer).isEqualTo("hello");
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void tasksTakeTurnsWhereTheyYield(CoroutineMode mode) {
    List<String> seen = new ArrayList<>();
    run(
        mode,
        loop ->
            () -> {
              Task<?> left = loop.createTask(() -> count("left", seen));
              Task<?> right = loop.createTask(() -> count("right", seen));
              left.await();
              right.await();
              return null;
            });
    assertThat(seen).containsExactly("left 0", "right 0", "left 1", "right 1", "left 2", "right 2");
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void aTaskWaitsForAPromiseThatATimerCompletes(CoroutineMode mode) {
    String answer =
        run(
            mode,
            loop ->
                () -> {
                  Promise<String> promise = loop.createFuture();
                  loop.callLater(java.time.Duration.ofMillis(2), () -> promise.setResult("kept"));
                  return promise.await();
                });
    assertThat(answer).isEqualTo("kept");
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void aCancelledTaskSeesItWhereItWaits(CoroutineMode mode) {
    List<String> seen = new ArrayList<>();
    run(
        mode,
        loop ->
            () -> {
              Task<Object> task =
                  loop.createTask(() -> {
                    try {
                      return loop.createFuture().await();
                    } finally {
                      seen.add("cleaned up");
                    }
                  });
              Awaiter.yieldOnce();
              task.cancel("enough");
              assertThatThrownBy(task::await)
                  .isInstanceOf(CancelledError.class)
                  .hasMessage("enough");
              return null;
            });
    assertThat(seen).containsExactly("cleaned up");
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void anotherThreadWakesTheLoop(CoroutineMode mode) {
    String answer =
        run(
            mode,
            loop ->
                () -> {
                  Promise<String> promise = loop.createFuture();
                  Thread.ofPlatform()
                      .start(() -> loop.callSoonThreadsafe(() -> promise.setResult("woken")));
                  return promise.await();
                });
    assertThat(answer).isEqualTo("woken");
  }

  private static Object count(String name, List<String> seen) {
    for (int i = 0; i < 3; i++) {
      seen.add(name + " " + i);
      Awaiter.yieldOnce();
    }
    return null;
  }

  private static <T> T run(
      CoroutineMode mode, java.util.function.Function<BaseEventLoop, Callable<T>> body) {
    try (ParkingLoop loop = new ParkingLoop(LoopContext.defaults().withCoroutines(mode))) {
      return loop.runUntilComplete(loop.createTask(body.apply(loop)));
    }
  }
}
