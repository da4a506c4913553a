package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.tasks.TimedLoop.fail;
import static org.asyncio4j.spi.tasks.TimedLoop.finish;
import static org.asyncio4j.spi.tasks.TimedLoop.settle;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.tasks.TaskGroup;
import org.junit.jupiter.api.Test;

/** Groups whose bodies are parked in calls of the JDK when something ends the group. */
@HangGuard
class BlockedGroupBodyTest {

  private final SynchronousQueue<String> queue = new SynchronousQueue<>();
  private final IllegalStateException broken =
      new IllegalStateException("the connection is broken");

  @Test
  void aBodyThatIsParkedInTheJdkIsInterruptedWhenAChildFails() {
    try (TimedLoop loop = TimedLoop.timed(CoroutineMode.CARRIER)) {
      loop.run(() -> {
        IOException failure = new IOException("of a child");
        assertThatThrownBy(() ->
                TaskGroup.call(group -> {
                  group.createTask(() -> fail(failure));
                  return queue.take();
                }))
            .isSameAs(failure)
            .hasNoSuppressedExceptions();
        Awaiter.yieldOnce();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        return null;
      });
    }
  }

  @Test
  void aParentThatIsCancelledWhileItsBodyIsParkedInTheJdkIsCancelled() {
    try (TimedLoop loop = TimedLoop.timed(CoroutineMode.CARRIER)) {
      loop.run(() -> {
        for (boolean withChild : List.of(true, false)) {
          Promise<String> never = loop.createFuture();
          Task<String> task =
              loop.createTask(() ->
                  TaskGroup.call(group -> {
                    if (withChild) {
                      group.createTask(() -> never.await());
                    }
                    return queue.take();
                  }));
          settle();
          task.cancel("enough");

          assertThat(finish(task).isCancelled()).isTrue();
          assertThat(never.isCancelled()).isEqualTo(withChild);
        }
        return null;
      });
    }
  }

  @Test
  void theExceptionOfTheInterruptedBodyIsTheCauseOfTheCancellation() {
    try (TimedLoop loop = TimedLoop.timed(CoroutineMode.CARRIER)) {
      loop.run(() -> {
        for (int children = 0; children < 3; children++) {
          int count = children;
          Task<String> task =
              loop.createTask(() ->
                  TaskGroup.call(group -> {
                    for (int i = 0; i < count; i++) {
                      group.createTask(() -> loop.createFuture().await());
                    }
                    return takeOrBreak();
                  }));
          settle();
          task.cancel("enough");

          assertThat(finish(task).isCancelled()).isTrue();
          assertThatThrownBy(task::result)
              .isInstanceOf(CancelledError.class)
              .hasMessage("enough")
              .hasCause(broken);
        }
        return null;
      });
    }
  }

  @Test
  void aCancellationThatComesWithTheFailureOfAChildIsSeenNextWithItsMessage() {
    try (TimedLoop loop = TimedLoop.timed(CoroutineMode.CARRIER)) {
      loop.run(() -> {
        IOException failure = new IOException("of a child");
        Promise<String> next = loop.createFuture();
        Promise<String> later = loop.createFuture();
        Task<?>[] child = new Task<?>[1];
        Task<String> task =
            loop.createTask(() -> {
              assertThatThrownBy(() ->
                      TaskGroup.call(group -> {
                        child[0] =
                            group.createTask(() -> {
                              later.await();
                              fail(failure);
                            });
                        return takeOrBreak();
                      }))
                  .isSameAs(failure);
              return next.await();
            });
        settle();
        child[0].addDoneCallback(done -> task.cancel("enough"));
        later.setResult("now");

        assertThat(finish(task).isCancelled()).isTrue();
        assertThat(next.isCancelled()).isTrue();
        assertThat(task.cancelling()).isEqualTo(1);
        assertThatThrownBy(task::result).isInstanceOf(CancelledError.class).hasMessage("enough");
        return null;
      });
    }
  }

  private String takeOrBreak() {
    try {
      return queue.take();
    } catch (InterruptedException interrupted) {
      throw broken;
    }
  }
}
