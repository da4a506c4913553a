package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncio4j.spi.blocking.InterruptibleTasks.ownTask;

import java.util.concurrent.Callable;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/** The interrupt of a cancellation never outlives it. */
@HangGuard
class InterruptFlagTest {

  private final SynchronousQueue<String> queue = new SynchronousQueue<>();

  @Test
  void anInterruptThatTheBodyCatchesIsGone() {
    boolean flag =
        flagAfterCancelling(() -> {
          try {
            queue.take();
          } catch (InterruptedException caught) {
            ownTask().uncancel();
          }
          return Thread.currentThread().isInterrupted();
        });
    assertThat(flag).isFalse();
  }

  @Test
  void anInterruptThatTheBodyHasNotSeenIsGoneWhenItTakesTheCancellationBack() {
    ReentrantLock lock = new ReentrantLock();
    boolean flag =
        flagAfterCancelling(
            () -> {
              lock.lock();
              try {
                ownTask().uncancel();
                return Thread.currentThread().isInterrupted();
              } finally {
                lock.unlock();
              }
            },
            lock);
    assertThat(flag).isFalse();
  }

  @Test
  void anInterruptThatTheBodyRestoresIsGoneWhenItSeesTheCancellation() {
    boolean flag =
        flagAfterCancelling(() -> {
          try {
            queue.take();
          } catch (InterruptedException caught) {
            // as the books say
            Thread.currentThread().interrupt();
          }
          try {
            ownTask().loop().createFuture().await();
          } catch (CancelledError seen) {
            ownTask().uncancel();
          }
          return Thread.currentThread().isInterrupted();
        });
    assertThat(flag).isFalse();
  }

  @Test
  @SuppressWarnings("LockNotBeforeTry") // nothing is done under the lock
  void anInterruptThatTheBodyHasNotNoticedIsGoneWhenItSeesTheCancellation() {
    ReentrantLock lock = new ReentrantLock();
    boolean flag =
        flagAfterCancelling(
            () -> {
              lock.lock();
              lock.unlock();
              try {
                Awaiter.yieldOnce();
              } catch (CancelledError seen) {
                ownTask().uncancel();
              }
              return Thread.currentThread().isInterrupted();
            },
            lock);
    assertThat(flag).isFalse();
  }

  private static boolean flagAfterCancelling(Callable<Boolean> body) {
    return flagAfterCancelling(body, new ReentrantLock());
  }

  /** Cancels a body that is parked, while it may be queuing for a lock, and returns its flag. */
  @SuppressWarnings("LockNotBeforeTry") // it is held while the body is cancelled
  private static boolean flagAfterCancelling(Callable<Boolean> body, ReentrantLock lock) {
    try (TestLoop loop = TestLoop.onCarrier()) {
      return loop.run(() -> {
        lock.lock();
        Task<Boolean> task = loop.createTask(body);
        Awaiter.yieldOnce();
        assertThat(task.isDone()).isFalse();
        task.cancel("enough");
        lock.unlock();
        return task.await();
      });
    }
  }
}
