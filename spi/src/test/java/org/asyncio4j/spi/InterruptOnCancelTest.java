package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.junit.jupiter.api.Test;

/** A cancellation interrupts a body that is parked, and the interrupt never outlives it. */
@HangGuard
class InterruptOnCancelTest {

  private final SynchronousQueue<String> queue = new SynchronousQueue<>();

  @Test
  void aTaskThatSleepsIsCancelled() {
    assertThatCancellationEnds(() -> {
      Thread.sleep(Long.MAX_VALUE);
      return null;
    });
  }

  @Test
  void aTaskThatTakesFromAQueueIsCancelled() {
    assertThatCancellationEnds(queue::take);
  }

  @Test
  void aTaskThatParksAgainIsInterruptedByTheNextCancellation() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<Object> task =
            loop.createTask(() -> {
              try {
                queue.take();
              } catch (InterruptedException first) {
                loop.currentTask().orElseThrow().uncancel();
              }
              return queue.take();
            });
        Awaiter.yieldOnce();
        task.cancel("first");
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        assertThat(task.isDone()).isFalse();
        task.cancel("second");
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("second");
        return null;
      });
    }
  }

  @Test
  void anInterruptThatTheBodyCatchesIsGone() {
    boolean flag =
        flagAfterCancelling(() -> {
          try {
            queue.take();
          } catch (InterruptedException caught) {
            currentTask().uncancel();
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
                currentTask().uncancel();
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
            currentTask().loop().createFuture().await();
          } catch (CancelledError seen) {
            currentTask().uncancel();
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
                currentTask().uncancel();
              }
              return Thread.currentThread().isInterrupted();
            },
            lock);
    assertThat(flag).isFalse();
  }

  @Test
  void anInterruptThatTheBodyWrapsFailsTheTaskWithTheWrapper() {
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
        task.cancel();
        assertThatThrownBy(task::await)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("wrapped");
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
  void anInterruptOfSomebodyElseIsNotTakenForACancellation() {
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

  @Test
  void aTaskThatIsNotToBeInterruptedGoesOnUntilItAwaits() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<Object> task =
            loop.createTask(
                () -> {
                  String taken = queue.take();
                  assertThat(Thread.currentThread().isInterrupted()).isFalse();
                  assertThat(taken).isEqualTo("hello");
                  return loop.createFuture().await();
                },
                TaskOptions.defaults().withInterruptOnCancel(false));
        Awaiter.yieldOnce();
        task.cancel("enough");
        for (int i = 0; i < 10; i++) {
          Awaiter.yieldOnce();
        }
        assertThat(task.isDone()).isFalse();

        queue.put("hello");

        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        return null;
      });
    }
  }

  @OnEachEngine
  void aTaskThatAwaitsIsCancelledWithoutAnInterrupt(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<Boolean> task =
            loop.createTask(() -> {
              try {
                loop.createFuture().await();
              } catch (CancelledError seen) {
                currentTask().uncancel();
              }
              return Thread.currentThread().isInterrupted();
            });
        Awaiter.yieldOnce();
        task.cancel();
        assertThat(task.await()).isFalse();
        return null;
      });
    }
  }

  private void assertThatCancellationEnds(Callable<Object> blocking) {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<Object> task = loop.createTask(blocking);
        Awaiter.yieldOnce();
        assertThat(task.cancel("enough")).isTrue();
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        assertThat(task.isCancelled()).isTrue();
        return null;
      });
    }
  }

  private static boolean flagAfterCancelling(Callable<Boolean> body) {
    return flagAfterCancelling(body, new ReentrantLock());
  }

  /** Cancels a body that is parked, while it may be queuing for a lock, and answers its flag. */
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

  private static Task<?> currentTask() {
    return LoopsHere.runningLoop().currentTask().orElseThrow();
  }
}
