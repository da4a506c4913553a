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
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.tasks.TaskGroup;

/** When a group ends, and which tasks it takes. */
@HangGuard
class TaskGroupTest {
  private final List<String> trace = new ArrayList<>();

  @OnEachEngine
  void aGroupEndsWhenAllItsChildrenHaveEnded(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> later = loop.createFuture();
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  Task<String> child = group.createTask(() -> later.await());
                  Task<?> noResult = group.createTask(() -> trace.add(later.await()));
                  assertThat(child.awaitedBy()).containsExactlyElementsOf(current());
                  assertThat(noResult.awaitedBy()).containsExactlyElementsOf(current());
                  return "value";
                }));
        settle();
        assertThat(task.isDone()).isFalse();
        later.setResult("child");

        assertThat(finish(task).result()).isEqualTo("value");
        assertThat(trace).containsExactly("child");
        return null;
      });
    }
  }

  private static List<Task<?>> current() {
    return List.of(Asyncio.currentTask().orElseThrow());
  }

  @OnEachEngine
  void aGroupOfNothingEndsAtOnce(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        loop.callSoon(() -> trace.add("the next tick"));
        TaskGroup.run(group -> {
          trace.add("body");
        });
        assertThat(trace).containsExactly("body");
        return null;
      });
    }
  }

  @OnEachEngine
  void childrenHaveResultsAndOptions(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      String both =
          loop.run(() ->
              TaskGroup.call(group -> {
                Task<String> left = group.createTask(() -> "left");
                Task<String> right =
                    group.createTask(
                        () -> Asyncio.currentTask().orElseThrow().name(),
                        TaskOptions.named("right"));
                Task<?> named = group.createTask(() -> {}, TaskOptions.named("third"));
                assertThat(named.name()).isEqualTo("third");
                return left.await() + right.await();
              }));
      assertThat(both).isEqualTo("leftright");
    }
  }

  @OnEachEngine
  void childrenCreateChildren(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        TaskGroup.run(group -> {
          group.createTask(() -> {
            Awaiter.yieldOnce();
            trace.add("child");
            group.createTask(() -> {
              Awaiter.yieldOnce();
              trace.add("grandchild");
            });
          });
          trace.add("body");
        });
        assertThat(trace).containsExactly("body", "child", "grandchild");
        return null;
      });
    }
  }

  @OnEachEngine
  void otherTasksMayCreateChildren(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> later = loop.createFuture();
        TaskGroup[] open = new TaskGroup[1];
        Task<?> task =
            loop.createTask(() -> {
              TaskGroup.run(group -> {
                open[0] = group;
                group.createTask(() -> later.await());
              });
              return null;
            });
        settle();
        Task<?> guest = open[0].createTask(() -> trace.add("guest"));
        assertThat(guest.awaitedBy()).containsExactly(task);
        later.setResult("now");

        assertThat(finish(task).exception()).isEmpty();
        assertThat(trace).containsExactly("guest");
        return null;
      });
    }
  }

  @OnEachEngine
  void aGroupThatHasEndedTakesNoTask(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        TaskGroup ended = TaskGroup.call(group -> group);
        int before = Asyncio.allTasks().size();
        assertThatThrownBy(() -> ended.createTask(() -> trace.add("too late")))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("has ended");
        assertThat(Asyncio.allTasks()).hasSize(before);
        settle();
        assertThat(trace).isEmpty();
        ended.cancel();
        assertThat(Asyncio.currentTask().orElseThrow().cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aGroupThatShutsDownTakesNoTask(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        IOException failure = new IOException("of a child");
        Task<?> task =
            loop.createTask(() -> {
              TaskGroup.run(group -> {
                group.createTask(() -> {
                  try {
                    never.await();
                  } finally {
                    assertThatThrownBy(() -> group.createTask(() -> trace.add("too late")))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("is shutting down");
                    trace.add("refused");
                  }
                });
                Awaiter.yieldOnce();
                fail(failure);
              });
              return null;
            });
        assertThat(finish(task).exception().orElseThrow())
            .isSameAs(failure)
            .hasNoSuppressedExceptions();
        settle();
        assertThat(trace).containsExactly("refused");
        return null;
      });
    }
  }

  @OnEachEngine
  void aGroupNeedsATask(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      Promise<Throwable> thrown = loop.createFuture();
      loop.callSoon(() -> {
        try {
          TaskGroup.run(group -> {
            trace.add("body");
          });
        } catch (IllegalStateException refused) {
          thrown.setResult(refused);
        }
      });
      assertThat(loop.runUntilComplete(thrown)).hasMessageContaining("cannot enter a task group: ");
      assertThat(trace).isEmpty();
    }
  }

  @OnEachEngine
  void aClosedLoopReleasesAGroup(CoroutineMode mode) {
    TestLoop loop = TestLoop.on(mode);
    loop.run(() -> {
      Promise<String> never = loop.createFuture();
      loop.createTask(() -> {
        TaskGroup.run(group -> {
          group.createTask(() -> never.await());
        });
        return null;
      });
      settle();
      return null;
    });

    assertThat(loop.abandon()).hasSize(2);
  }
}
