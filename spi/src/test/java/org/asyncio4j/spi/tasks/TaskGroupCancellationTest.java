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

/** The owner of a group is cancelled, also in the tick of another end of it. */
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

  private static Task<?> currentTask() {
    return Asyncio.currentTask().orElseThrow();
  }
}
