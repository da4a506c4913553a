package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.blocking.HeldLoop.SECOND;
import static org.asyncio4j.spi.blocking.HeldLoop.TEN;
import static org.asyncio4j.spi.blocking.HeldLoop.assertNothingIsLeft;
import static org.asyncio4j.spi.blocking.HeldLoop.awaitParked;
import static org.asyncio4j.spi.blocking.HeldLoop.ownTask;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.tasks.Timeout;
import org.junit.jupiter.api.Test;

/** Limits of blocks that park outside {@code await} on the hand-off engine. */
@HangGuard
class HeldLimitTest {

  private final SynchronousQueue<String> queue = new SynchronousQueue<>();
  private final List<String> trace = new CopyOnWriteArrayList<>();

  @Test
  void aLimitDoesNotInterruptBeforeItsTime() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        Thread body = Thread.currentThread();
        loop.help(() -> {
          awaitParked(body);
          loop.pass(TEN.minusNanos(1));
          loop.awaitLooks();
          queue.put("in time");
        });
        assertThat(Asyncio.timeout(TEN, queue::take)).isEqualTo("in time");
        return null;
      });
    }
  }

  @Test
  void aLimitInterruptsAtItsTime() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        loop.passWhenParked(TEN);
        Timeout limit = Timeout.after(TEN);
        assertThatThrownBy(() -> limit.run(queue::take))
            .isInstanceOf(TimeoutException.class)
            .hasCauseInstanceOf(InterruptedException.class);
        assertThat(limit.expired()).isTrue();
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void aBlockLearnsThatItsTimeIsUp() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        loop.passWhenParked(TEN);
        String value =
            Timeout.after(TEN)
                .call(limit -> {
                  try {
                    return queue.take();
                  } catch (InterruptedException interrupted) {
                    assertThat(limit.expired()).isTrue();
                    assertThatThrownBy(() -> limit.reschedule(TEN))
                        .isInstanceOf(IllegalStateException.class);
                    assertThat(ownTask().hasUnseenInterrupt()).isTrue();
                    return "requests: " + ownTask().cancelling();
                  }
                });
        assertThat(value).isEqualTo("requests: 1");
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void aLimitCannotBeRescheduledWhenItHasInterrupted() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        loop.passWhenParked(TEN);
        String value =
            Timeout.after(TEN)
                .call(limit -> {
                  try {
                    return queue.take();
                  } catch (InterruptedException interrupted) {
                    assertThatThrownBy(() -> limit.reschedule(TEN))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("expiring");
                    return "too late";
                  }
                });
        assertThat(value).isEqualTo("too late");
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void anOuterLimitEndsTheInnerBlock() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        loop.passWhenParked(TEN);
        assertThatThrownBy(() ->
                Asyncio.timeout(TEN, () -> noting(() -> Asyncio.timeout(SECOND, queue::take))))
            .isInstanceOf(TimeoutException.class)
            .hasMessage("not done within " + TEN);
        assertThat(trace).containsExactly("InterruptedException");
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void anInnerLimitLeavesTheOuterBlockAlone() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        loop.passWhenParked(TEN);
        String value =
            Asyncio.timeout(
                SECOND,
                () -> {
                  assertThatThrownBy(() -> Asyncio.timeout(TEN, queue::take))
                      .isInstanceOf(TimeoutException.class);
                  assertNothingIsLeft();
                  return "goes on";
                });
        assertThat(value).isEqualTo("goes on");
        return null;
      });
    }
  }

  @Test
  void anInterruptThatIsSwallowedIsFollowedByTheCancellationAtTheNextAwait() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        loop.passWhenParked(TEN);
        assertThatThrownBy(() ->
                Asyncio.timeout(
                    TEN,
                    () -> {
                      swallow();
                      Thread.currentThread().interrupt();
                      return noting(() -> loop.<String>createFuture().await());
                    }))
            .isInstanceOf(TimeoutException.class)
            .hasCauseInstanceOf(CancelledError.class);
        assertThat(trace).containsExactly("interrupted", "CancelledError");
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void aLaterLimitInterruptsABodyThatHasSwallowedTheFirst() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        Thread body = Thread.currentThread();
        loop.help(() -> {
          awaitParked(body);
          loop.pass(TEN);
          HeldLoop.spinUntil(() -> trace.size() == 1);
          awaitParked(body);
          loop.pass(TEN);
        });
        assertThatThrownBy(() ->
                Asyncio.timeout(
                    TEN.multipliedBy(2),
                    () ->
                        Asyncio.timeout(
                            TEN,
                            () -> {
                              swallow();
                              return queue.take();
                            })))
            .isInstanceOf(TimeoutException.class)
            .hasMessage("not done within " + TEN.multipliedBy(2));
        assertNothingIsLeft();
        return null;
      });
    }
  }

  @Test
  void aLimitThatTheBlockHasSeenDoesNotInterruptItsCleanUp() {
    try (HeldLoop loop = HeldLoop.open()) {
      loop.run(() -> {
        Task<String> task =
            loop.createTask(() ->
                Asyncio.timeout(
                    TEN,
                    () -> {
                      try {
                        return loop.<String>createFuture().await();
                      } catch (CancelledError seen) {
                        loop.putWhenLookedAt(queue, "cleaned up");
                        return queue.take();
                      }
                    }));
        Awaiter.yieldOnce();
        loop.pass(TEN);
        assertThat(task.await()).isEqualTo("cleaned up");
        return null;
      });
    }
  }

  private void swallow() {
    try {
      trace.add(queue.take());
    } catch (InterruptedException swallowed) {
      trace.add("interrupted");
    }
  }

  private String noting(Callable<String> block) throws Exception {
    try {
      return block.call();
    } catch (Throwable thrown) {
      trace.add(thrown.getClass().getSimpleName());
      throw thrown;
    }
  }
}
