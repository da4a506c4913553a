package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncio4j.spi.tasks.TimedLoop.TEN;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskFactory;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.tasks.RaceResult;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.WaitResult;

/** Third-party tasks may be equal; they are distinct nevertheless. */
@HangGuard
class EqualTasksTest {

  private static final class EqualTask<T> extends BuiltinTask<T> {

    EqualTask(BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
      super(loop, body, options);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof EqualTask<?>;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  private static final class Factory implements TaskFactory {

    @Override
    public <T> Task<T> createTask(EventLoop loop, Callable<? extends T> body, TaskOptions options) {
      return new EqualTask<>((BaseEventLoop) loop, body, options);
    }
  }

  private static TimedLoop loopWithFactory(CoroutineMode mode) {
    TimedLoop loop = TimedLoop.timed(mode);
    loop.setTaskFactory(new Factory());
    return loop;
  }

  @OnEachEngine
  void aGroupWaitsForEachOfThem(CoroutineMode mode) {
    try (TimedLoop loop = loopWithFactory(mode)) {
      loop.run(() -> {
        Promise<String> gate = loop.createFuture();
        Task<?> group =
            loop.createTask(() ->
                TaskGroup.call(children -> {
                  children.createTask(() -> "at once");
                  children.createTask(() -> gate.await());
                  return null;
                }));
        settle();
        assertThat(group.isDone()).isFalse();
        assertThat(loop.allTasks()).hasSize(3);
        gate.setResult("later");
        settle();
        assertThat(group.isDone()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void waitReturnsEachOfThem(CoroutineMode mode) {
    try (TimedLoop loop = loopWithFactory(mode)) {
      loop.run(() -> {
        Task<String> first = loop.createTask(() -> "first");
        Task<String> second = loop.createTask(() -> "second");
        WaitResult<String> result = Asyncio.waitAll(List.of(first, second));
        assertThat(result.done()).hasSize(2).contains(first, second);
        assertThat(result.pending()).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void aRaceEndsEachLoser(CoroutineMode mode) {
    try (TimedLoop loop = loopWithFactory(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> gate = loop.createFuture();
        Task<RaceResult<String>> race =
            loop.createTask(() ->
                Asyncio.staggeredRace(
                    List.<Callable<String>>of(never::await, gate::await), Duration.ZERO));
        settle();
        loop.pass(TEN);
        settle();
        gate.setResult("won");
        settle();
        assertThat(race.result().value()).isEqualTo("won");
        assertThat(race.result().winner()).hasValue(1);
        assertThat(never.isCancelled()).isTrue();
        return null;
      });
    }
  }
}
