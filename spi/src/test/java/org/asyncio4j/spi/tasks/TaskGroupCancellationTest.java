package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.tasks.TaskGroupTest.fail;
import static org.asyncio4j.spi.tasks.TimedLoop.TEN;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.HangGuard;
import org.asyncio4j.spi.OnEachEngine;
import org.asyncio4j.tasks.TaskGroup;

/**
 * A group that is cancelled by itself, by its parent's owner, by a limit, or by several of them at
 * once.
 */
@HangGuard
class TaskGroupCancellationTest {

  private final List<String> trace = new ArrayList<>();

  @OnEachEngine
  void cancellingTheParentInItsBodyCancelsTheChildren(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> inBody = loop.createFuture();
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  group.createTask(() -> never.await());
                  return inBody.await();
                }));
        settle();
        task.cancel("enough");

        assertThatThrownBy(finish(task)::result)
            .isInstanceOf(CancelledError.class)
            .hasMessage("enough");
        assertThat(never.isCancelled()).isTrue();
        assertThat(task.cancelling()).isEqualTo(1);
        return null;
      });
    }
  }

  @OnEachEngine
  void cancellingTheParentThatWaitsForItsChildrenCancelsThem(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> cleanUp = loop.createFuture();
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  group.createTask(() -> {
                    try {
                      never.await();
                    } finally {
                      trace.add(cleanUp.await());
                    }
                  });
                  return "value";
                }));
        settle();
        task.cancel("enough");
        settle();
        assertThat(task.isDone()).isFalse();
        task.cancel("more than enough");
        settle();
        assertThat(task.isDone()).isFalse();
        cleanUp.setResult("clean");

        assertThatThrownBy(finish(task)::result)
            .isInstanceOf(CancelledError.class)
            .hasMessage("enough");
        assertThat(trace).containsExactly("clean");
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationThatComesWithTheLastEndIsNotLost(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> later = loop.createFuture();
        Task<?>[] child = new Task<?>[1];
        Task<String> task =
            loop.createTask(() ->
                TaskGroup.call(group -> {
                  child[0] = group.createTask(() -> later.await());
                  return "value";
                }));
        settle();
        // Called after the group was notified of the end, before the parent continues.
        child[0].addDoneCallback(done -> task.cancel("enough"));
        later.setResult("now");

        assertThat(finish(task).isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aFailureTakesPrecedenceOverACancellationThatIsSeenLater(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        Promise<String> inBody = loop.createFuture();
        Promise<String> next = loop.createFuture();
        IOException failure = new IOException("could not clean up");
        Task<String> task =
            loop.createTask(() -> {
              assertThatThrownBy(() ->
                      TaskGroup.run(group -> {
                        group.createTask(() -> {
                          try {
                            never.await();
                          } catch (CancelledError cancelled) {
                            fail(failure);
                          }
                        });
                        inBody.await();
                      }))
                  .isSameAs(failure);
              trace.add("requests " + currentTask().cancelling());
              return next.await();
            });
        settle();
        task.cancel("enough");

        assertThatThrownBy(finish(task)::result)
            .isInstanceOf(CancelledError.class)
            .hasMessage("enough");
        assertThat(trace).containsExactly("requests 1");
        assertThat(next.isCancelled()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void aCancellationInTheTickOfAFailureIsNotLost(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> later = loop.createFuture();
        Promise<String> inBody = loop.createFuture();
        IOException failure = new IOException("of a child");
        Task<?>[] child = new Task<?>[1];
        Task<String> task =
            loop.createTask(() -> {
              assertThatThrownBy(() ->
                      TaskGroup.run(group -> {
                        child[0] =
                            group.createTask(() -> {
                              later.await();
                              fail(failure);
                            });
                        inBody.await();
                      }))
                  .isSameAs(failure);
              trace.add("requests " + currentTask().cancelling());
              Awaiter.yieldOnce();
              return "not cancelled";
            });
        settle();
        child[0].addDoneCallback(done -> task.cancel("enough"));
        later.setResult("now");

        assertThat(finish(task).isCancelled()).isTrue();
        assertThat(trace).containsExactly("requests 1");
        return null;
      });
    }
  }

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
  void aBodyThatCancelsItsGroupContinuesUntilItWaits(CoroutineMode mode) {
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
  void failuresInACancelledGroupAreThrown(CoroutineMode mode) {
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
  void aForeignCancellationInTheTickOfCancelIsNotLost(CoroutineMode mode) {
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
  void anErrorOfAnotherCancelledFutureLeavesTheGroup(CoroutineMode mode) {
    try (TimedLoop loop = TimedLoop.timed(mode)) {
      loop.run(() -> {
        Promise<String> never = loop.createFuture();
        assertThatThrownBy(() ->
                TaskGroup.run(group -> {
                  group.createTask(() -> never.await());
                  Task<String> cancelled = group.createTask(() -> "unstarted");
                  cancelled.cancel("that one");
                  cancelled.await();
                }))
            .isInstanceOf(CancelledError.class)
            .hasMessage("that one");
        assertThat(never.isCancelled()).isTrue();
        return null;
      });
    }
  }

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
  void aLimitThatExpiresWithAFailureIsReportedWithIt(CoroutineMode mode) {
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

  @OnEachEngine
  void aGroupWorksInATaskThatHasIgnoredACancellation(CoroutineMode mode) {
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
