package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.HangGuard;
import org.asyncio4j.spi.OnEachEngine;
import org.asyncio4j.spi.TestLoop;
import org.asyncio4j.tasks.TaskGroup;

/** A group whose children succeed or fail. */
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
  void aChildThatFailsCancelsTheOthersAndTheBody(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> inBody = loop.createFuture();
        IOException failure = new IOException("of a child");
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  Task<String> sibling = group.createTask(() -> never.await());
                  group.createTask(() -> fail(failure));
                  try {
                    return inBody.await();
                  } finally {
                    trace.add("body ends, sibling done: " + sibling.isDone());
                  }
                }));

        assertThat(finish(task).exception().orElseThrow())
            .isSameAs(failure)
            .hasNoSuppressedExceptions();
        assertThat(never.isCancelled()).isTrue();
        assertThat(inBody.isCancelled()).isTrue();
        assertThat(trace).hasSize(1);
        assertThat(task.cancelling()).isZero();
        return null;
      });
    }
  }

  @OnEachEngine
  void aChildThatFailsAfterTheBodyCancelsTheOthers(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> later = loop.createFuture();
        IOException failure = new IOException("of a child");
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  group.createTask(() -> never.await());
                  group.createTask(() -> {
                    later.await();
                    fail(failure);
                  });
                  return "value";
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
  void aBodyThatFailsCancelsTheChildrenAndWaitsForThem(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> cleanUp = loop.createFuture();
        IOException failure = new IOException("of the body");
        Task<?> task =
            loop.createTask(() -> {
              TaskGroup.run(group -> {
                group.createTask(() -> {
                  try {
                    never.await();
                  } finally {
                    trace.add(cleanUp.await());
                  }
                });
                Awaiter.yieldOnce();
                fail(failure);
              });
              return null;
            });
        settle();
        assertThat(task.isDone()).isFalse();
        cleanUp.setResult("clean");

        assertThat(finish(task).exception().orElseThrow()).isSameAs(failure);
        assertThat(trace).containsExactly("clean");
        return null;
      });
    }
  }

  @OnEachEngine
  void laterFailuresAreSuppressedInTheFirstEachOnce(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        IOException first = new IOException("first");
        IllegalStateException second = new IllegalStateException("second");
        AssertionError ofBody = new AssertionError("of the body");
        Task<?> task =
            loop.createTask(() -> {
              TaskGroup.run(group -> {
                group.createTask(() -> failCleaningUp(never, second));
                group.createTask(() -> failCleaningUp(never, first));
                group.createTask(() -> failCleaningUp(never, second));
                group.createTask(() -> fail(first));
                try {
                  never.await();
                } catch (CancelledError cancelled) {
                  throw ofBody;
                }
              });
              return null;
            });

        assertThat(finish(task).exception().orElseThrow()).isSameAs(first);
        assertThat(first.getSuppressed()).containsExactlyInAnyOrder(second, ofBody);
        return null;
      });
    }
  }

  @OnEachEngine
  void failuresBeforeTheBodyComeFirst(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        IOException ofChild = new IOException("of a child");
        IOException ofBody = new IOException("of the body");
        Task<?> task =
            loop.createTask(() -> {
              TaskGroup.run(group -> {
                Task<?> child = group.createTask(() -> fail(ofChild));
                // The body fails before the group can be notified of the child.
                child.addDoneCallback(done -> trace.add("seen"));
                while (!child.isDone()) {
                  Awaiter.yieldOnce();
                }
                fail(ofBody);
              });
              return null;
            });

        assertThat(finish(task).exception().orElseThrow()).isSameAs(ofChild);
        assertThat(ofChild.getSuppressed()).containsExactly(ofBody);
        return null;
      });
    }
  }

  @OnEachEngine
  void aFailureThatCannotCarryOthersLosesNone(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Error rigid = new Rigid();
        IOException later = new IOException("later");
        assertThatThrownBy(() ->
                TaskGroup.run(group -> {
                  group.createTask(() -> {
                    throw rigid;
                  });
                  group.createTask(() -> fail(later));
                }))
            .isSameAs(rigid);
        assertThat(loop.takeReports())
            .singleElement()
            .satisfies(report -> assertThat(report.exception()).containsSame(later));
        return null;
      });
    }
  }

  private static final class Rigid extends Error {

    private static final long serialVersionUID = 1L;

    Rigid() {
      super("rigid", null, false, false);
    }
  }

  @OnEachEngine
  void aChildThatIsCancelledIsNoFailure(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        String value =
            TaskGroup.call(group -> {
              Task<String> started = group.createTask(() -> never.await());
              Awaiter.yieldOnce();
              started.cancel();
              Task<Boolean> unstarted = group.createTask(() -> trace.add("unstarted"));
              unstarted.cancel();
              Task<String> other = group.createTask(() -> "goes on");
              return other.await();
            });
        assertThat(value).isEqualTo("goes on");
        assertThat(trace).isEmpty();
        return null;
      });
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

  static void fail(IOException failure) throws IOException {
    throw failure;
  }

  private static void failCleaningUp(Promise<String> never, Exception failure) throws Exception {
    try {
      never.await();
    } finally {
      throwInstead(failure);
    }
  }

  private static void throwInstead(Exception failure) throws Exception {
    throw failure;
  }
}
