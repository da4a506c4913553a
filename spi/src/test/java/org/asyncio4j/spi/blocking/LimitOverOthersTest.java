package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.blocking.HeldLoop.TEN;
import static org.asyncio4j.spi.blocking.HeldLoop.assertNothingIsLeft;
import static org.asyncio4j.spi.blocking.HeldLoop.ownTask;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.tasks.ReturnWhen;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;
import org.junit.jupiter.api.Test;

/**
 * Limits and cancellations of a task, while a task that it waits for holds the loop of the hand-off
 * engine, by a clock that the test moves.
 */
@HangGuard
class LimitOverOthersTest extends LoopHeldByOthers {

  @Test
  void aLimitEndsAGatheringWhoseTasksBlock() {
    run(loop -> {
      for (int time = 0; time < 2; time++) {
        List<Task<String>> tasks =
            List.of(loop.createTask(this::hold), loop.createTask(this::hold));
        passWhenHeld();
        assertThatThrownBy(() -> Asyncio.timeout(TEN, () -> Asyncio.gather(tasks).await()))
            .isInstanceOf(TimeoutException.class);
        assertThat(tasks).allMatch(Task::isCancelled);
        assertNothingIsLeft();
      }
    });
    assertThat(trace).containsExactly("holds", "interrupted", "holds", "interrupted");
  }

  @Test
  void aLimitEndsAGroupWhoseTasksBlock() {
    run(loop -> {
      for (int time = 0; time < 2; time++) {
        ArrayBlockingQueue<String> full = new ArrayBlockingQueue<>(1);
        passWhenHeld();
        assertThatThrownBy(() ->
                Asyncio.timeout(
                    TEN,
                    () ->
                        TaskGroup.run(group -> {
                          group.createTask(() -> {
                            noteHolder();
                            full.put("first");
                            full.put("second");
                          });
                          group.createTask(full::take);
                        })))
            .isInstanceOf(TimeoutException.class);
        assertNothingIsLeft();
      }
    });
  }

  @Test
  void aLimitEndsAGroupWhoseBodyWaitsForAnother() {
    run(loop -> {
      passWhenHeld();
      assertThatThrownBy(() ->
              Asyncio.timeout(
                  TEN,
                  () ->
                      TaskGroup.<String, RuntimeException>call(group -> {
                        Task<String> left =
                            group.createTask(() -> loop.<String>createFuture().await());
                        Task<String> _ = group.createTask(this::hold);
                        return left.await();
                      })))
          .isInstanceOf(TimeoutException.class);
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted");
  }

  @Test
  void aLimitInsideAGroupLeavesTheChildrenAlone() {
    run(loop -> {
      releaseWhenHeld(TEN);
      String value =
          TaskGroup.call(group -> {
            Task<String> child = group.createTask(this::hold);
            assertThatThrownBy(
                    () -> Asyncio.timeout(TEN, () -> loop.<String>createFuture().await()))
                .isInstanceOf(TimeoutException.class);
            return child.await();
          });
      assertThat(value).isEqualTo("released");
    });
    assertThat(trace).containsExactly("holds");
  }

  @Test
  void aLimitThatWasMovedKeepsItsPlace() {
    run(loop -> {
      passWhenHeld();
      assertThatThrownBy(() ->
              Timeout.after(Duration.ofDays(1))
                  .call(limit ->
                      TaskGroup.<String, RuntimeException>call(group -> {
                        Task<String> _ = group.createTask(this::hold);
                        limit.reschedule(TEN);
                        return loop.<String>createFuture().await();
                      })))
          .isInstanceOf(TimeoutException.class);
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted");
  }

  @Test
  void aLimitThatBeganAsNoneReachesChildren() {
    run(loop -> {
      passWhenHeld();
      Timeout limit = Timeout.at(Timeout.NEVER);
      assertThatThrownBy(() ->
              limit.run(() ->
                  TaskGroup.<String, RuntimeException>call(group -> {
                    Task<String> _ = group.createTask(this::hold);
                    limit.reschedule(TEN);
                    return loop.<String>createFuture().await();
                  })))
          .isInstanceOf(TimeoutException.class);
      assertNothingIsLeft();
    });
  }

  @Test
  void aLimitReachesThroughTasksAndGroups() {
    run(loop -> {
      passWhenHeld();
      Task<String> middle =
          loop.createTask(() ->
              TaskGroup.<String, RuntimeException>call(outer -> {
                Task<String> child =
                    outer.createTask(() ->
                        TaskGroup.<String, RuntimeException>call(
                            inner -> inner.createTask(this::hold).await()));
                return Asyncio.gather(List.of(child)).await().getFirst();
              }));
      assertThatThrownBy(() -> Asyncio.waitFor(middle, TEN)).isInstanceOf(TimeoutException.class);
      assertThat(middle.isCancelled()).isTrue();
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted");
  }

  @Test
  void aLimitDoesNotReachThroughAShield() {
    run(loop -> {
      Task<String> child = loop.createTask(this::hold);
      releaseWhenHeld(TEN);
      // The loop learns of both in the same tick, and the completed one counts.
      assertThat(Asyncio.waitFor(Asyncio.shield(child), TEN)).isEqualTo("released");
    });
    assertThat(trace).containsExactly("holds");
  }

  @Test
  void aLimitDoesNotReachWatchedFutures() {
    run(loop -> {
      Task<String> child = loop.createTask(this::hold);
      releaseWhenHeld(TEN);
      assertThatThrownBy(() ->
              Asyncio.timeout(
                  TEN, () -> Asyncio.waitUntil(List.of(child), ReturnWhen.ALL_COMPLETED)))
          .isInstanceOf(TimeoutException.class);
      assertThat(child.await()).isEqualTo("released");
    });
    assertThat(trace).containsExactly("holds");
  }

  @Test
  void aLongChainOfTasksIsFollowed() {
    run(loop -> {
      Task<String> awaited = loop.createTask(this::hold);
      for (int count = 0; count < 1_000; count++) {
        Task<String> inner = awaited;
        awaited = loop.createTask(inner::await, EAGER);
      }
      Task<String> last = awaited;
      passWhenHeld();
      assertThatThrownBy(() -> Asyncio.waitFor(last, TEN)).isInstanceOf(TimeoutException.class);
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted");
  }

  @Test
  void aTaskThatMustNotBeInterruptedIsNot() {
    run(loop -> {
      Task<String> child =
          loop.createTask(this::hold, TaskOptions.defaults().withInterruptOnCancel(false));
      releaseWhenHeld(TEN);
      assertThat(Asyncio.waitFor(child, TEN)).isEqualTo("released");
    });
    assertThat(trace).containsExactly("holds");
  }

  @Test
  void anotherThreadCancelsATaskThatWaitsForTheHolder() {
    run(loop -> {
      for (int time = 0; time < 2; time++) {
        List<Task<String>> children = new ArrayList<>();
        Task<String> waits =
            loop.createTask(() -> {
              children.add(loop.createTask(this::hold));
              return Asyncio.gather(children).await().getFirst();
            });
        help(() -> {
          awaitHeld();
          waits.cancelThreadsafe("enough");
        });
        assertThatThrownBy(waits::await).isInstanceOf(CancelledError.class);
        assertThat(children).allMatch(child -> child.isCancelled() && child.cancelling() == 1);
      }
    });
    assertThat(trace).containsExactly("holds", "interrupted", "holds", "interrupted");
  }

  @Test
  void aChildIsCancelledOnce() {
    run(loop -> {
      passWhenHeld();
      assertThatThrownBy(() ->
              Asyncio.timeout(
                  TEN,
                  () ->
                      TaskGroup.run(group -> {
                        group.createTask(() -> {
                          try {
                            hold();
                          } catch (InterruptedException expected) {
                            trace.add("requests: " + ownTask().cancelling());
                          }
                          try {
                            loop.<String>createFuture().await();
                          } catch (CancelledError seen) {
                            trace.add("seen");
                          }
                          Awaiter.yieldOnce();
                          Awaiter.yieldOnce();
                          trace.add("requests: " + ownTask().cancelling());
                        });
                      })))
          .isInstanceOf(TimeoutException.class);
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted", "requests: 1", "seen", "requests: 1");
  }

  @Test
  void aLimitThatHasPassedReachesAHolderWhoseStepComesFirst() {
    run(loop -> {
      Promise<String> go = loop.createFuture();
      // Both timers end in one tick; then the child continues before the task that cancels it.
      loop.callLater(TEN.minusNanos(1), () -> go.setResult(""));
      loop.callSoon(() -> pass(TEN));
      assertThatThrownBy(() ->
              Asyncio.timeout(
                  TEN,
                  () ->
                      TaskGroup.run(group -> {
                        group.createTask(() -> {
                          go.await();
                          return hold();
                        });
                      })))
          .isInstanceOf(TimeoutException.class);
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted");
  }

  @Test
  void aLimitEndsABlockWhoseEagerChildBlocks() {
    run(loop -> {
      for (int time = 0; time < 2; time++) {
        passWhenHeld();
        assertThatThrownBy(() ->
                Asyncio.timeout(
                    TEN,
                    () ->
                        TaskGroup.run(group -> {
                          Task<String> _ = group.createTask(this::hold, EAGER);
                        })))
            .isInstanceOf(TimeoutException.class);
        assertNothingIsLeft();
      }
    });
    assertThat(trace).containsExactly("holds", "interrupted", "holds", "interrupted");
  }

  @Test
  void aLimitEndsTheCreatorOfTheCreatorOfAnEagerTask() {
    run(loop -> {
      passWhenHeld();
      Task<String> creator =
          loop.createTask(() ->
              loop.createTask(() -> loop.createTask(this::hold, EAGER).await(), EAGER).await());
      assertThatThrownBy(() -> Asyncio.waitFor(creator, TEN)).isInstanceOf(TimeoutException.class);
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted");
  }

  @Test
  void anEagerTaskThatHasWaitedIsNoPartOfItsCreator() {
    run(loop -> {
      Promise<String> go = loop.createFuture();
      Task<String> child =
          Asyncio.timeout(
              TEN,
              () -> {
                Task<String> made =
                    loop.createTask(
                        () -> {
                          go.await();
                          return hold();
                        },
                        EAGER);
                return made;
              });
      go.setResult("");
      releaseWhenHeld(TEN);
      assertThatThrownBy(() -> Asyncio.timeout(TEN, () -> loop.<String>createFuture().await()))
          .isInstanceOf(TimeoutException.class);
      assertThat(child.await()).isEqualTo("released");
    });
    assertThat(trace).containsExactly("holds");
  }
}
