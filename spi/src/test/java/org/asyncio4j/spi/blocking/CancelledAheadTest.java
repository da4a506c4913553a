package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.blocking.HeldLoop.TEN;
import static org.asyncio4j.spi.blocking.HeldLoop.assertNothingIsLeft;
import static org.asyncio4j.spi.blocking.HeldLoop.ownTask;

import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;
import org.junit.jupiter.api.Test;

/**
 * Children of a group that hold the loop of the hand-off engine and are cancelled before the group
 * can do it. What is expected is what the carrier engine does.
 */
@HangGuard
class CancelledAheadTest extends LoopHeldByOthers {
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
}
