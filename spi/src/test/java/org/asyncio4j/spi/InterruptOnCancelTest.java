package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.TestLoop.yieldUntil;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.junit.jupiter.api.Test;

/** A cancellation interrupts a body that is parked, and the interrupt never outlives it. */
@HangGuard
class InterruptOnCancelTest {

  private static final int ROUNDS = 2_000;

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
        TestLoop.yieldUntil(() -> task.cancelling() == 0);
        assertThat(task.isDone()).isFalse();
        task.cancel("second");
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("second");
        return null;
      });
    }
  }

  @Test
  void aRequestThatIsTakenBackAtOnceDoesNotInterrupt() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<String> task = loop.createTask(queue::take);
        Awaiter.yieldOnce();
        task.cancel();
        assertThat(task.uncancel()).isZero();
        settle();
        queue.put("goes on");
        assertThat(task.await()).isEqualTo("goes on");
        return null;
      });
    }
  }

  @Test
  void requestsThatComeTogetherInterruptOnce() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        int[] interrupts = new int[1];
        Task<String> task = loop.createTask(() -> takeThoughInterrupted(interrupts));
        Awaiter.yieldOnce();
        task.cancel("first");
        task.cancel("second");
        // After the interrupt, and before the body goes on.
        loop.callSoon(() -> task.cancel("third"));
        settle();
        assertThat(interrupts[0]).isEqualTo(1);
        queue.put("goes on");
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("third");
        return null;
      });
    }
  }

  @Test
  void theRequestThatIsLeftInterruptsWhenOneIsTakenBack() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<String> task =
            loop.createTask(() -> {
              try {
                return queue.take();
              } catch (InterruptedException first) {
                assertThat(currentTask().uncancel()).isEqualTo(1);
                return queue.take();
              }
            });
        Awaiter.yieldOnce();
        task.cancel("enough");
        task.cancel("more than enough");
        assertThatThrownBy(task::await)
            .isInstanceOf(CancelledError.class)
            .hasMessage("more than enough")
            .hasCauseInstanceOf(InterruptedException.class);
        return null;
      });
    }
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck") // as pools do that spin
  void aBodyThatYieldsItsThreadIsInterruptedWhereItParks() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        boolean[] stop = new boolean[1];
        boolean[] flag = new boolean[1];
        Task<String> task =
            loop.createTask(() -> {
              while (!stop[0]) {
                Thread.yield();
                flag[0] |= Thread.currentThread().isInterrupted();
              }
              return queue.take();
            });
        settle();
        task.cancel("enough");
        settle();
        assertThat(task.isDone()).isFalse();
        assertThat(flag[0]).isFalse();
        stop[0] = true;
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        return null;
      });
    }
  }

  @Test
  void whatEndsAWaitFirstDecidesWhateverTheRace() throws InterruptedException {
    SynchronousQueue<Thread> parked = new SynchronousQueue<>();
    Thread waker =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              for (int round = 0; round < ROUNDS; round++) {
                takeUninterruptibly(parked);
                boolean ignored = queue.offer("woken");
              }
            });
    IllegalStateException own = new IllegalStateException("of its own");
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        for (int round = 0; round < ROUNDS; round++) {
          Task<String> task =
              loop.createTask(() -> {
                queue.take();
                throw own;
              });
          Awaiter.yieldOnce();
          parked.put(Thread.currentThread());
          task.cancel("enough");
          yieldUntil(task::isDone);
          assertThat(task.isCancelled() || task.exception() == own).isTrue();
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        return null;
      });
    }
    waker.join();
  }

  @Test
  void aBodyThatCouldGoOnWaitsForTheEndOfItsInterrupt() {
    List<String> trace = new ArrayList<>();
    CountDownLatch release = new CountDownLatch(1);
    SlowChannel channel = new SlowChannel(trace, release);
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Thread[] body = new Thread[1];
        Task<Boolean> task =
            loop.createTask(() -> {
              body[0] = Thread.currentThread();
              channel.block();
              return true;
            });
        Awaiter.yieldOnce();
        task.cancel("enough");
        yieldUntil(() -> trace.contains("is interrupted"));
        LockSupport.unpark(body[0]);
        settle();
        trace.add("may go on");
        release.countDown();
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        return null;
      });
    }
    assertThat(trace).containsExactly("is interrupted", "may go on", "was interrupted", "goes on");
  }

  /** A channel that takes its time to close when the thread that blocks in it is interrupted. */
  private static final class SlowChannel extends AbstractInterruptibleChannel {

    private final List<String> trace;
    private final CountDownLatch release;

    SlowChannel(List<String> trace, CountDownLatch release) {
      this.trace = trace;
      this.release = release;
    }

    void block() {
      begin();
      try {
        LockSupport.park(this);
        trace.add("goes on");
        end(true);
      } catch (AsynchronousCloseException closed) {
        // The flag is set.
      }
    }

    @Override
    protected void implCloseChannel() {
      trace.add("is interrupted");
      try {
        release.await();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
      trace.add("was interrupted");
    }
  }

  private String takeThoughInterrupted(int[] interrupts) {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException swallowed) {
        interrupts[0]++;
      }
    }
  }

  private static void takeUninterruptibly(SynchronousQueue<Thread> parked) {
    try {
      Thread ignored = parked.take();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void settle() {
    for (int ticks = 0; ticks < 20; ticks++) {
      Awaiter.yieldOnce();
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
