package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.tasks.TimedLoop.TEN;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingCallable;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.ThirdPartyFuture;
import org.asyncio4j.tasks.TaskGroup;

/** Futures of a third party that fail with a {@code CancelledError}, when cancelled or before. */
@HangGuard
class ForeignCancellationTest {

  /** What cancelling such a future does, and whether it admits to it. */
  private static List<Function<EventLoop, ThirdPartyFuture<String>>> kinds() {
    return List.of(
        ThirdPartyFuture::new,
        loop -> new ThirdPartyFuture<String>(loop).failingWhenCancelled(true),
        loop -> new ThirdPartyFuture<String>(loop).failingWhenCancelled(false));
  }

  @OnEachEngine
  void aLimitOverOneThatIsLateIsATimeout(CoroutineMode mode) {
    assertLate(mode, future -> () -> Asyncio.timeout(TEN, () -> future.await()));
  }

  @OnEachEngine
  void waitForOneThatIsLateIsATimeout(CoroutineMode mode) {
    assertLate(mode, future -> () -> Asyncio.waitFor(future, TEN));
  }

  @OnEachEngine
  void waitForOneWithoutTimeIsATimeout(CoroutineMode mode) {
    assertLate(mode, future -> () -> Asyncio.waitFor(future, Duration.ZERO));
  }

  @OnEachEngine
  void waitForAGatheringOfOneThatIsLateIsATimeout(CoroutineMode mode) {
    assertLate(mode, future -> () -> Asyncio.waitFor(Asyncio.gather(List.of(future)), TEN));
  }

  @OnEachEngine
  void aLimitInAGroupOverOneThatIsLateFailsTheGroup(CoroutineMode mode) {
    assertLate(
        mode,
        future ->
            () ->
                TaskGroup.call(group -> {
                  Task<?> ignored = group.createTask(() -> Asyncio.waitFor(future, TEN));
                  return "not silently";
                }));
  }

  private static void assertLate(
      CoroutineMode mode, Function<Future<String>, ThrowingCallable<Object, Exception>> waiting) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        for (Function<EventLoop, ThirdPartyFuture<String>> kind : kinds()) {
          ThirdPartyFuture<String> late = kind.apply(loop);
          Task<String> task =
              loop.createTask(() -> {
                assertThatThrownBy(() -> waiting.apply(late).call())
                    .isInstanceOf(TimeoutException.class);
                settle();
                return "goes on";
              });
          settle();
          loop.pass(TEN);

          assertThat(finish(task).result()).isEqualTo("goes on");
          assertThat(task.cancelling()).isZero();
        }
        return null;
      });
    }
  }

  @OnEachEngine
  void aFutureThatFailsInTimeFailsTheWaitingTask(CoroutineMode mode) {
    assertThrown(mode, future -> () -> Asyncio.waitFor(future, TEN));
    assertThrown(mode, future -> () -> Asyncio.timeout(TEN, () -> future.await()));
    assertThrown(mode, future -> () -> Asyncio.gather(List.of(future)).await());
    assertThrown(mode, future -> () -> Asyncio.waitFor(Asyncio.gather(List.of(future)), TEN));
  }

  private static void assertThrown(
      CoroutineMode mode, Function<Future<String>, ThrowingCallable<Object, Exception>> waiting) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        CancelledError error = new CancelledError("of another");
        ThirdPartyFuture<String> failing = new ThirdPartyFuture<>(loop);
        Task<String> task =
            loop.createTask(() -> {
              assertThatThrownBy(() -> waiting.apply(failing).call()).isSameAs(error);
              settle();
              return "goes on";
            });
        settle();
        failing.promise().setException(error);

        assertThat(finish(task).result()).isEqualTo("goes on");
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void ofTwoRequestsTheFutureReportsTheFirstOnce(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        for (Function<EventLoop, ThirdPartyFuture<String>> kind : kinds().subList(0, 2)) {
          ThirdPartyFuture<String> future = kind.apply(loop);
          Task<String> task =
              loop.createTask(() -> {
                assertThatThrownBy(future::await)
                    .isInstanceOf(CancelledError.class)
                    .hasMessage("first");
                settle();
                return "goes on";
              });
          settle();
          task.cancel("first");
          task.cancel("second");

          assertThat(finish(task).result()).isEqualTo("goes on");
          assertThat(task.cancelling()).isEqualTo(2);
        }
        return null;
      });
    }
  }
}
