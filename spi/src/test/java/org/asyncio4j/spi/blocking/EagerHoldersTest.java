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
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.tasks.TaskGroup;
import org.asyncio4j.tasks.Timeout;
import org.junit.jupiter.api.Test;

/**
 * Tasks that hold the loop of the hand-off engine within a step of their creator. What is expected
 * is what the carrier engine does.
 */
@HangGuard
class EagerHoldersTest extends LoopHeldByOthers {
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
}
