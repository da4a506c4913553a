package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.tasks.TaskGroup;

/** Children of a group that take their first step before the group knows them. */
@HangGuard
class EagerGroupChildTest {

  private static final TaskOptions EAGER = TaskOptions.defaults().withEagerStart(true);

  @OnEachEngine
  void aChildThatCancelsTheGroupInItsFirstStepIsCancelled(CoroutineMode mode) {
    List<Task<?>> children = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        TaskGroup.run((TaskGroup group) -> {
          Callable<Object> body =
              () -> {
                group.cancel();
                Awaiter.yieldOnce();
                return "went on";
              };
          children.add(group.createTask(body, EAGER));
        });
        return null;
      });
    }
    assertThat(children).singleElement().matches(Task::isCancelled, "is cancelled");
  }

  @OnEachEngine
  void aChildThatCancelsTheGroupAndIsDoneHasItsValue(CoroutineMode mode) {
    List<Task<?>> children = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        TaskGroup.run((TaskGroup group) -> {
          Callable<Object> body =
              () -> {
                group.cancel();
                return "done";
              };
          children.add(group.createTask(body, EAGER));
        });
        return null;
      });
    }
    assertThat(children).singleElement().extracting(Task::result).isEqualTo("done");
  }
}
