package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncio4j.spi.tasks.TimedLoop.TEN;
import static org.asyncio4j.spi.tasks.TimedLoop.fail;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.FailsWhereOthersAreCancelled;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.tasks.TaskGroup;

/** Limits and groups need nothing of a task but its interface. */
@HangGuard
class ThirdPartyTasksTest {

  private static final class Factory implements TaskFactory {

    @Override
    public <T> Task<T> createTask(EventLoop loop, Callable<? extends T> body, TaskOptions options) {
      return ThirdPartyTask.start((BaseEventLoop) loop, body, options);
    }
  }

  private static TimedLoop loopWithFactory(CoroutineMode mode) {
    TimedLoop loop = TimedLoop.timed(mode);
    loop.setTaskFactory(new Factory());
    return loop;
  }

  @OnEachEngine
  void aLimitEndsATaskOfAThirdParty(CoroutineMode mode) {
    try (TimedLoop loop = loopWithFactory(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<String> task = loop.createTask(() -> Asyncio.timeout(TEN, () -> never.await()));
        assertThat(task).isInstanceOf(ThirdPartyTask.class);
        settle();
        loop.pass(TEN);

        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aLimitThatIsOverLeavesATaskOfAThirdPartyAlone(CoroutineMode mode) {
    try (TimedLoop loop = loopWithFactory(mode)) {
      loop.run(() -> {
        Promise<String> later = loop.createFuture();
        Task<String> task =
            loop.createTask(() -> Asyncio.timeout(TEN, () -> "in time, ") + later.await());
        settle();
        loop.pass(TEN);
        settle();
        assertThat(task.cancelling()).isZero();
        later.setResult("goes on");

        assertThat(finish(task).result()).isEqualTo("in time, goes on");
        return null;
      });
    }
  }

  @OnEachEngine
  void aLimitOfNothingEndsATaskOfAThirdPartyWhereItFirstWaits(CoroutineMode mode) {
    try (TimedLoop loop = loopWithFactory(mode)) {
      loop.run(() -> {
        Task<String> task =
            loop.createTask(() ->
                Asyncio.timeout(
                    Duration.ZERO,
                    () -> {
                      Asyncio.sleep(Duration.ZERO);
                      return "a tick too late";
                    }));

        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        return null;
      });
    }
  }

  @OnEachEngine
  void aForeignTaskIsWaitedForUpToTheLimit(CoroutineMode mode) {
    try (TimedLoop loop = loopWithFactory(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<String> inner = loop.createTask(() -> never.await());
        Task<String> task = loop.createTask(() -> Asyncio.waitFor(inner, TEN));
        settle();
        loop.pass(TEN);

        assertThat(finish(task).exception().orElseThrow()).isInstanceOf(TimeoutException.class);
        assertThat(inner.isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void parentAndChildrenOfAThirdPartyFailTogether(CoroutineMode mode) {
    try (TimedLoop loop = loopWithFactory(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        IOException failure = new IOException("of a child");
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  Task<String> sibling = group.createTask(() -> never.await());
                  assertThat(sibling).isInstanceOf(ThirdPartyTask.class);
                  group.createTask(() -> fail(failure));
                  return sibling.await();
                }));

        assertThat(finish(task).exception().orElseThrow()).isSameAs(failure);
        assertThat(never.isCancelled()).isTrue();
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aParentOfAThirdPartyIsCancelledWithItsChildren(CoroutineMode mode) {
    try (TimedLoop loop = loopWithFactory(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  group.createTask(() -> never.await());
                  return "value";
                }));
        settle();
        task.cancel("enough");

        assertThat(finish(task).isCancelled()).isTrue();
        assertThat(never.isCancelled()).isTrue();
        assertThat(task.cancelling()).isEqualTo(1);
        return null;
      });
    }
  }

  @OnEachEngine
  void aGroupOfAThirdPartyIsCancelled(CoroutineMode mode) {
    try (TimedLoop loop = loopWithFactory(mode)) {
      String value =
          loop.run(() -> {
            Promise<String> never = loop.createFuture();
            return TaskGroup.call(group -> {
              group.createTask(group::cancel);
              return never.await();
            });
          });
      assertThat(value).isNull();
    }
  }

  @OnEachEngine
  void aChildThatFailsWithTheErrorOfACancellationIsNoFailure(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.setTaskFactory(new FailsWhereOthersAreCancelled());
      loop.run(() -> {
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  Task<String> child =
                      group.createTask(() -> {
                        throw new CancelledError("of the child alone");
                      });
                  settle();
                  assertThat(child.isDone()).isTrue();
                  return "goes on";
                }));

        assertThat(finish(task).result()).isEqualTo("goes on");
        return null;
      });
    }
  }
}
