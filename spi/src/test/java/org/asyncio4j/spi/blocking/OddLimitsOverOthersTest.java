package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.blocking.HeldLoop.TEN;
import static org.asyncio4j.spi.blocking.HeldLoop.assertNothingIsLeft;
import static org.asyncio4j.spi.blocking.HeldLoop.ownTask;

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
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;
import org.junit.jupiter.api.Test;

/**
 * Odd limits of a task, while a task that it waits for holds the loop of the hand-off engine. What
 * is expected is what the carrier engine does.
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
