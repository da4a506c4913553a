package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.HeldLoop.TEN;
import static org.asyncio4j.spi.HeldLoop.assertNothingIsLeft;
import static org.asyncio4j.spi.HeldLoop.ownTask;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;
import org.junit.jupiter.api.Test;

/**
 * Odd cases of limits of a task, while a task that it waits for holds the loop of the hand-off
 * engine, by a clock that the test moves. What is expected is what the carrier engine does.
 */
@HangGuard
class OddLimitsOverOthersTest extends LoopHeldByOthers {

  @Test
  void aLimitInAGroupReachesAChildThatItGathers() {
    run(loop -> {
      passWhenHeld();
      TaskGroup.run(group -> {
        Task<String> child = group.createTask(this::hold);
        assertThatThrownBy(() -> Asyncio.timeout(TEN, () -> Asyncio.gather(List.of(child)).await()))
            .isInstanceOf(TimeoutException.class);
        assertThat(child.isCancelled()).isTrue();
        assertThat(child.cancelling()).isEqualTo(1);
      });
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted");
  }

  @Test
  void aLimitThatABlockHasSurvivedLeavesTheChildrenAlone() {
    run(loop -> {
      releaseWhenHeld(TEN);
      loop.callSoon(() -> pass(TEN));
      Timeout limit = Timeout.after(TEN);
      String value =
          limit.call(() -> {
            try {
              return loop.<String>createFuture().await();
            } catch (CancelledError swallowed) {
              return TaskGroup.<String, RuntimeException>call(group -> {
                Task<String> child = group.createTask(this::hold);
                return child.await();
              });
            }
          });
      assertThat(value).isEqualTo("released");
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds");
  }

  @Test
  void aLimitThatABlockHasSurvivedLeavesTheChildrenOfAGroupThatWaitsAlone() {
    run(loop -> {
      releaseWhenHeld(TEN);
      loop.callSoon(() -> pass(TEN));
      Timeout.after(TEN)
          .run(() -> {
            try {
              loop.<String>createFuture().await();
            } catch (CancelledError swallowed) {
              TaskGroup.run(group -> {
                group.createTask(this::hold);
              });
            }
          });
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds");
  }

  @Test
  void aTaskThatIsNotInterruptedHasItsLimitReachOthers() {
    run(loop -> {
      passWhenHeld();
      List<Task<String>> children = new ArrayList<>();
      Task<String> waits =
          loop.createTask(
              () -> {
                children.add(loop.createTask(this::hold));
                return Asyncio.timeout(TEN, () -> children.getFirst().await());
              },
              TaskOptions.defaults().withInterruptOnCancel(false));
      assertThatThrownBy(() -> waits.awaitThrowing(TimeoutException.class))
          .isInstanceOf(TimeoutException.class);
      assertThat(children).allMatch(Task::isCancelled);
    });
    assertThat(trace).containsExactly("holds", "interrupted");
  }

  @Test
  void aCallbackThatDoesNotTellItsAwaiterBreaksNothing() {
    run(loop -> {
      passWhenHeld();
      Task<String> child =
          loop.createTask(() -> {
            assertThatThrownBy(() -> Asyncio.timeout(TEN, this::hold))
                .isInstanceOf(TimeoutException.class);
            return "done";
          });
      child.addDoneCallback(
          new AwaitingCallback<String>() {
            @Override
            public Future<?> awaiter() {
              throw new IllegalStateException("no awaiter");
            }

            @Override
            public void accept(Future<String> done) {
              trace.add("told");
            }
          });
      assertThat(child.await()).isEqualTo("done");
    });
    assertThat(trace).containsExactly("holds", "interrupted", "told");
  }

  @Test
  void aChainOfVeryManyTasksRuns() {
    run(loop -> {
      Promise<String> end = loop.createFuture();
      Future<String> last = end;
      for (int i = 0; i < 3_000; i++) {
        Future<String> awaited = last;
        last = loop.createTask(() -> awaited.await());
      }
      Future<String> outermost = last;
      Awaiter.yieldOnce();
      Awaiter.yieldOnce();
      end.setResult("end");
      assertThat(outermost.await()).isEqualTo("end");
    });
  }

  @Test
  void aChainOfVeryManyTasksThatAreAwaitedFirstRuns() {
    run(loop -> {
      assertThat(nested(loop, 5_000).await()).isEqualTo("end");
    });
  }

  private Task<String> nested(TestLoop loop, int depth) {
    return loop.createTask(() -> depth == 0 ? "end" : nested(loop, depth - 1).await());
  }

  @Test
  void anEagerTaskThatAwaitsItsCreatorReachesIt() {
    run(loop -> {
      passWhenHeld();
      Task<?> watched =
          loop.createTask(() -> {
            Task<?> self = ownTask();
            loop.createTask(
                () -> {
                  Asyncio.timeout(TEN, () -> self.await());
                  return null;
                },
                EAGER);
            return hold();
          });
      assertThatThrownBy(watched::await).isInstanceOf(CancelledError.class);
    });
    assertThat(trace).containsExactly("holds", "interrupted");
  }

  @Test
  void anEagerChildOfAGroupIsCancelledOnce() {
    run(loop -> {
      passWhenHeld();
      assertThatThrownBy(() ->
              Asyncio.timeout(
                  TEN,
                  () ->
                      TaskGroup.run(group -> {
                        group.createTask(() -> swallowAndCount(loop), EAGER);
                      })))
          .isInstanceOf(TimeoutException.class);
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted", "seen", "requests: 1");
  }

  @Test
  void anEagerTaskThatIsAwaitedIsCancelledOnce() {
    run(loop -> {
      passWhenHeld();
      Timeout limit = Timeout.after(TEN);
      limit.run(() -> loop.createTask(() -> swallowAndCount(loop), EAGER).await());
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted", "seen", "requests: 1");
  }

  private @org.jspecify.annotations.Nullable Void swallowAndCount(TestLoop loop) {
    try {
      hold();
    } catch (InterruptedException swallowed) {
      // Goes on.
    }
    try {
      loop.<String>createFuture().await();
    } catch (CancelledError seen) {
      trace.add("seen");
    }
    Awaiter.yieldOnce();
    Awaiter.yieldOnce();
    trace.add("requests: " + ownTask().cancelling());
    return null;
  }

  @Test
  void theHolderChangesTheLimitForWhichItWasInterrupted() {
    List<Task<?>> children = new ArrayList<>();
    run(loop -> {
      passWhenHeld();
      Timeout limit = Timeout.after(TEN);
      assertThatThrownBy(() ->
              limit.run(() -> {
                Task<?> child =
                    loop.createTask(() -> {
                      try {
                        hold();
                      } catch (InterruptedException expected) {
                        try {
                          limit.reschedule(Duration.ofDays(1));
                          trace.add("moved");
                        } catch (IllegalStateException over) {
                          trace.add("over");
                        }
                        throw expected;
                      }
                      return null;
                    });
                children.add(child);
                child.awaitThrowing(InterruptedException.class);
              }))
          .isInstanceOf(TimeoutException.class);
      assertThat(children).allMatch(Task::isCancelled);
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "interrupted", "over");
  }

  @Test
  void aChildThatWasCancelledAheadIsCancelledWhenTheGroupFailsLater() {
    run(loop -> {
      passWhenHeld();
      List<Task<?>> children = new ArrayList<>();
      Timeout limit = Timeout.after(TEN);
      assertThatThrownBy(() ->
              limit.run(() ->
                  TaskGroup.run(group -> {
                    children.add(
                        group.createTask(() -> {
                          swallowAndCount(loop);
                          loop.<String>createFuture().await();
                        }));
                    try {
                      loop.<String>createFuture().await();
                    } catch (CancelledError swallowed) {
                      trace.add("swallowed");
                    }
                    for (int i = 0; i < 5; i++) {
                      Awaiter.yieldOnce();
                    }
                    group.createTask(() -> {
                      throw new IllegalArgumentException("fails");
                    });
                  })))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(children).allMatch(Task::isCancelled);
      assertNothingIsLeft();
    });
  }

  @Test
  void aChildOfAGroupThatShutsDownIsNotInterruptedAgain() {
    run(loop -> {
      releaseWhenHeld(TEN);
      assertThatThrownBy(() ->
              Asyncio.timeout(
                  TEN,
                  () ->
                      TaskGroup.run(group -> {
                        group.createTask(() -> {
                          try {
                            loop.<String>createFuture().await();
                          } finally {
                            hold();
                          }
                        });
                        group.createTask(() -> {
                          throw new IllegalArgumentException("fails");
                        });
                      })))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(thrown ->
              trace.addAll(
                  List.of(thrown.getSuppressed()).stream()
                      .map(t -> t.getClass().getSimpleName())
                      .toList()));
      assertNothingIsLeft();
    });
    assertThat(trace).containsExactly("holds", "TimeoutException");
  }

  @Test
  void aChildThatWasCancelledAheadIsNotInterruptedAgain() {
    run(loop -> {
      List<Task<?>> children = new ArrayList<>();
      Promise<String> cleaned = loop.createFuture();
      Task<?> slow =
          loop.createTask(() -> {
            try {
              loop.<String>createFuture().await();
            } finally {
              cleaned.await();
            }
            return null;
          });
      passWhenHeld();
      assertThatThrownBy(() ->
              Asyncio.timeout(
                  TEN,
                  () ->
                      TaskGroup.run(group -> {
                        children.add(
                            group.createTask(() -> {
                              swallowAndCount(loop);
                              releaseWhenHeld(TEN);
                              trace.add(hold());
                              cleaned.setResult("");
                            }));
                        slow.await();
                      })))
          .isInstanceOf(TimeoutException.class);
      assertNothingIsLeft();
    });
    assertThat(trace)
        .containsExactly("holds", "interrupted", "seen", "requests: 1", "holds", "released");
  }

  @Test
  void aHolderThatCancelsTheTaskOfItsGroupIsNotInterruptedWithoutBeingCancelled() {
    run(loop -> {
      releaseWhenHeld(TEN);
      List<Task<?>> children = new ArrayList<>();
      Task<?> owner =
          loop.createTask(() -> {
            Task<?> self = ownTask();
            TaskGroup.run(group -> {
              Promise<String> go = loop.createFuture();
              children.add(
                  group.createTask(() -> {
                    go.setResult("");
                    self.cancel("by the child");
                    trace.add(hold());
                  }));
              go.await();
            });
            return null;
          });
      assertThatThrownBy(owner::await).isInstanceOf(CancelledError.class);
    });
    assertThat(trace).containsExactly("holds", "released");
  }

  @Test
  void anEagerHolderThatCancelsItsCreatorIsCancelledWithIt() {
    run(loop -> {
      List<Task<?>> children = new ArrayList<>();
      Task<?> creator =
          loop.createTask(() -> {
            Task<?> self = ownTask();
            children.add(
                loop.createTask(
                    () -> {
                      self.cancel("by the child");
                      trace.add(hold());
                      return null;
                    },
                    EAGER));
            loop.<String>createFuture().await();
            return null;
          });
      assertThatThrownBy(creator::await).isInstanceOf(CancelledError.class);
      assertThat(children).allMatch(Task::isCancelled);
    });
    assertThat(trace).containsExactly("holds", "interrupted");
  }

  @Test
  void anActionThatFailsDoesNotEndTheHolder() {
    run(loop -> {
      loop.setExceptionHandler((l, report) -> trace.add("reported"));
      passWhenHeld();
      Task<?> self = ownTask();
      var expiry =
          self.scheduleExpiry(
              loop.time() + TEN.toNanos(),
              () -> {
                throw new IllegalStateException("fails");
              });
      Task<String> child =
          loop.createTask(() -> {
            try {
              hold();
            } catch (InterruptedException interrupted) {
              // Goes on.
            }
            return "done";
          });
      assertThat(child.await()).isEqualTo("done");
      expiry.close();
    });
  }
}
