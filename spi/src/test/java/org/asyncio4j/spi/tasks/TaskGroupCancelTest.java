package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.tasks.TimedLoop.fail;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.tasks.TaskGroup;

/** A group that cancels itself. */
@HangGuard
class TaskGroupCancelTest {
  private final List<String> trace = new ArrayList<>();

  @OnEachEngine
  void cancelEndsAGroupWithoutAnException(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> inBody = loop.createFuture();
        String value =
            TaskGroup.call(group -> {
              group.createTask(() -> never.await());
              group.createTask(group::cancel);
              return inBody.await();
            });
        assertThat(value).isNull();
        assertThat(never.isCancelled()).isTrue();
        assertThat(inBody.isCancelled()).isTrue();
        assertThat(currentTask().cancelling()).isZero();
        Awaiter.yieldOnce();
        return null;
      });
    }
  }

  @OnEachEngine
  void aBodyThatCancelsItsGroupGoesOnUntilItWaits(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        String value =
            TaskGroup.call(group -> {
              group.createTask(() -> never.await());
              group.createTask(() -> trace.add("never begins"));
              group.cancel();
              group.cancel();
              assertThatThrownBy(() -> group.createTask(() -> trace.add("too late")))
                  .isInstanceOf(IllegalStateException.class);
              return "value";
            });
        assertThat(value).isEqualTo("value");
        assertThat(TaskGroup.<String, RuntimeException>call(group -> cancelAndWait(group, never)))
            .isNull();
        Awaiter.yieldOnce();
        assertThat(currentTask().cancelling()).isZero();
        assertThat(trace).isEmpty();
        return null;
      });
    }
  }

  private static String cancelAndWait(TaskGroup group, Promise<String> never) {
    group.cancel();
    return never.await();
  }

  @OnEachEngine
  void whatFailsInACancelledGroupIsThrown(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        IOException failure = new IOException("could not clean up");
        assertThatThrownBy(() ->
                TaskGroup.run(group -> {
                  group.createTask(() -> {
                    try {
                      never.await();
                    } catch (CancelledError cancelled) {
                      fail(failure);
                    }
                  });
                  Awaiter.yieldOnce();
                  group.cancel();
                }))
            .isSameAs(failure);
        assertThat(currentTask().cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationOfSomebodyElseInTheTickOfCancelIsNotLost(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        TaskGroup[] open = new TaskGroup[1];
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  open[0] = group;
                  return never.await();
                }));
        settle();
        open[0].cancel();
        task.cancel("enough");

        assertThat(finish(task).isCancelled()).isTrue();
        assertThat(task.cancelling()).isEqualTo(1);
        return null;
      });
    }
  }

  @OnEachEngine
  void aGroupWorksInATaskThatHasRefusedACancellation(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> first = loop.createFuture();
        Promise<String> never = loop.createFuture();
        Task<String> task =
            loop.createTask(() -> {
              try {
                return first.await();
              } catch (CancelledError refused) {
                String cancelled =
                    TaskGroup.<String, RuntimeException>call(
                        group -> cancelWithoutWaiting(group, never));
                Awaiter.yieldOnce();
                String waited =
                    TaskGroup.<String, RuntimeException>call(group -> cancelAndWait(group, never));
                Awaiter.yieldOnce();
                return cancelled + waited;
              }
            });
        settle();
        task.cancel();

        assertThat(finish(task).result()).isEqualTo("valuenull");
        assertThat(task.cancelling()).isEqualTo(1);
        return null;
      });
    }
  }

  private static String cancelWithoutWaiting(TaskGroup group, Promise<String> never) {
    group.createTask(() -> never.await());
    group.cancel();
    return "value";
  }

  private static Task<?> currentTask() {
    return Asyncio.currentTask().orElseThrow();
  }
}
