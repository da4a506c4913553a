package org.asyncio4j.spi.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.blocking.InterruptibleTasks.settle;
import static org.asyncio4j.spi.fixture.TestLoop.yieldUntil;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/** A body is interrupted while something else could wake it. */
@HangGuard
class InterruptRaceTest {

  private static final int ROUNDS = 2_000;

  private final SynchronousQueue<String> queue = new SynchronousQueue<>();

  @Test
  void theFirstEndOfAWaitDecides() throws InterruptedException {
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
          assertThat(task.isCancelled() || task.exception().orElseThrow() == own).isTrue();
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        return null;
      });
    }
    waker.join();
  }

  @Test
  void aBodyThatCouldContinueWaitsForTheEndOfItsInterrupt() {
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

  private static void takeUninterruptibly(SynchronousQueue<Thread> parked) {
    try {
      Thread ignored = parked.take();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
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
}
