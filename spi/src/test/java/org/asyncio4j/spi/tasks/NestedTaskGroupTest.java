package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.tasks.TimedLoop.TEN;
import static org.asyncio4j.spi.tasks.TimedLoop.fail;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.io.IOException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.tasks.TaskGroup;

/** Groups within groups, and within limits. */
@HangGuard
class NestedTaskGroupTest {
  @OnEachEngine
  void aFailureInAnInnerGroupEndsTheOuter(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        IOException failure = new IOException("deep inside");
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(outer -> {
                  outer.createTask(() -> never.await());
                  return TaskGroup.<String, RuntimeException>call(inner -> {
                    inner.createTask(() -> fail(failure));
                    return never.await();
                  });
                }));

        assertThat(finish(task).exception().orElseThrow())
            .isSameAs(failure)
            .hasNoSuppressedExceptions();
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aFailureInAnOuterGroupCancelsTheInner(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> later = loop.createFuture();
        IOException failure = new IOException("outside");
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(outer -> {
                  outer.createTask(() -> {
                    later.await();
                    fail(failure);
                  });
                  TaskGroup.run(inner -> {
                    inner.createTask(() -> never.await());
                  });
                  return "inner ended";
                }));
        settle();
        later.setResult("now");

        assertThat(finish(task).exception().orElseThrow()).isSameAs(failure);
        assertThat(never.isCancelled()).isTrue();
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aLimitEndsAGroup(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<?> task =
            loop.createTask(() -> {
              Asyncio.timeout(
                  TEN,
                  () ->
                      TaskGroup.run(group -> {
                        group.createTask(() -> never.await());
                      }));
              return null;
            });
        settle();
        loop.pass(TEN);

        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        assertThat(never.isCancelled()).isTrue();
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aLimitThatPassesWithAFailureGoesAlongWithIt(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        IOException failure = new IOException("could not clean up");
        Task<?> task =
            loop.createTask(() -> {
              assertThatThrownBy(() ->
                      Asyncio.timeout(
                          TEN,
                          () ->
                              TaskGroup.run(group -> {
                                group.createTask(() -> {
                                  try {
                                    never.await();
                                  } catch (CancelledError cancelled) {
                                    fail(failure);
                                  }
                                });
                              })))
                  .isSameAs(failure);
              Awaiter.yieldOnce();
              return "goes on";
            });
        settle();
        loop.pass(TEN);

        assertThat(finish(task).result()).isEqualTo("goes on");
        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(TimeoutException.class);
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }
}
