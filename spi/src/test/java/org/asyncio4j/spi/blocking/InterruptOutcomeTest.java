package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.SynchronousQueue;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/** How a body reacts to the interrupt of a cancellation. */
@HangGuard
class InterruptOutcomeTest {

  private final SynchronousQueue<String> queue = new SynchronousQueue<>();

  @Test
  void anInterruptThatTheBodyWrapsIsTheCancellation() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<Object> task =
            loop.createTask(() -> {
              try {
                return queue.take();
              } catch (InterruptedException caught) {
                throw new IllegalStateException("wrapped", caught);
              }
            });
        Awaiter.yieldOnce();
        task.cancel("enough");
        assertThatThrownBy(task::await)
            .isInstanceOf(CancelledError.class)
            .hasMessage("enough")
            .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(task.isCancelled()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        return null;
      });
    }
  }

  @Test
  void anInterruptThatTheBodySwallowsIsFollowedByTheCancellationAtTheNextAwait() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Promise<Object> never = loop.createFuture();
        Task<Object> task =
            loop.createTask(() -> {
              try {
                return queue.take();
              } catch (InterruptedException swallowed) {
                return never.await();
              }
            });
        Awaiter.yieldOnce();
        task.cancel("enough");
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        assertThat(never.isCancelled()).isTrue();
        return null;
      });
    }
  }

  @Test
  void anExceptionOfABodyThatHasSeenTheCancellationIsItsFailure() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        IllegalStateException failure = new IllegalStateException("could not clean up");
        Task<Object> task =
            loop.createTask(() -> {
              assertThatThrownBy(queue::take).isInstanceOf(InterruptedException.class);
              assertThatThrownBy(Awaiter::yieldOnce).isInstanceOf(CancelledError.class);
              throw failure;
            });
        Awaiter.yieldOnce();
        task.cancel("enough");
        assertThatThrownBy(task::await).isSameAs(failure);
        assertThat(task.isCancelled()).isFalse();
        return null;
      });
    }
  }

  @Test
  void aForeignInterruptIsNotTakenForACancellation() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Thread[] thread = new Thread[1];
        Task<Object> task =
            loop.createTask(() -> {
              thread[0] = Thread.currentThread();
              return queue.take();
            });
        Awaiter.yieldOnce();
        thread[0].interrupt();
        assertThatThrownBy(task::await).isInstanceOf(InterruptedException.class);
        assertThat(task.isCancelled()).isFalse();
        return null;
      });
    }
  }
}
