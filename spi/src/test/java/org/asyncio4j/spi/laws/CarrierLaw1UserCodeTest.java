package org.asyncio4j.spi.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.LoopInside;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.coroutine.Suspension;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.spi.fixture.ThirdPartyFuture;
import org.asyncio4j.spi.internal.cycle.ReadyEntry;
import org.junit.jupiter.api.Test;

/** Law 1: no user code runs on the thread that carries the fibers. */
@HangGuard
class CarrierLaw1UserCodeTest {

  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  @Test
  void callbacksAndTimersRunInVirtualThreads() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Promise<Void> all = loop.createFuture();
        loop.callSoon(this::note);
        loop.callSoonThreadsafe(this::note);
        loop.callAt(loop.time(), this::note);
        loop.callLater(
            Duration.ofMillis(1),
            () -> {
              note();
              all.setResult(null);
            });
        return all.await();
      });
    }
    assertThat(threads).hasSize(4).allMatch(Thread::isVirtual);
  }

  @Test
  void doneCallbacksOfFuturesAndTasksRunInVirtualThreads() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Promise<String> promise = loop.createFuture();
        Task<String> task = loop.createTask(promise::await);
        promise.addDoneCallback(done -> note());
        task.addDoneCallback(done -> note());
        promise.setResult("done");
        TestLoop.yieldUntil(() -> threads.size() == 2);
        return null;
      });
    }
    assertThat(threads).hasSize(2).allMatch(Thread::isVirtual);
  }

  @Test
  void theExceptionHandlerRunsInAVirtualThreadWhereverTheErrorComesFrom() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.setExceptionHandler((source, report) -> note());
      loop.run(() -> {
        // in a callback
        loop.callSoon(() -> {
          throw new IllegalStateException("on purpose");
        });
        // on the carrier: an entry of the loop's own that fails there
        LoopInside.schedule(loop, new FailingOnCarrier());
        // of a future that was collected
        loop.createFuture().setException(new IllegalStateException("never retrieved"));
        TestLoop.yieldUntil(() -> {
          System.gc();
          return threads.size() == 3;
        });
        return null;
      });
    }
    assertThat(threads).allMatch(Thread::isVirtual);
  }

  @Test
  void callbacksQueuedByPollRunInAVirtualThread() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        IoHandle handle = LoopInside.newIoHandle(loop, this::note, Context.empty());
        handle.queue();
        TestLoop.yieldUntil(() -> threads.size() == 1);
        return null;
      });
    }
    assertThat(threads).allMatch(Thread::isVirtual);
  }

  @Test
  void theWakeUpOfACoroutineThatIsNotATaskRunsInAVirtualThread() {
    // given a coroutine of a custom task, whose body parks in a blocking call
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Coroutine<String> coroutine = loop.newCoroutine("own", queue::take, this::note);
        loop.callSoon(() -> assertThat(coroutine.send()).isEqualTo(Suspension.PARKED));
        Awaiter.yieldOnce();

        // when a thread of the JDK's own wakes it
        Thread.ofPlatform().start(() -> putUninterruptibly(queue, "hello")).join();

        // then the coroutine calls back in a virtual thread, and continues
        TestLoop.yieldUntil(() -> threads.size() == 1);
        assertThat(coroutine.send()).isEqualTo(Suspension.RETURNED);
        assertThat(coroutine.value()).isEqualTo("hello");
        return null;
      });
    }
    assertThat(threads).allMatch(Thread::isVirtual);
  }

  @Test
  void aWakeUpThatThrowsIsOnlyReported() {
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Runnable failing =
            () -> {
              throw new IllegalStateException("on purpose");
            };
        Coroutine<String> coroutine = loop.newCoroutine("own", queue::take, failing);
        coroutine.send();

        // the unparking thread is that of put(), which must not see the failure
        queue.put("hello");

        TestLoop.yieldUntil(() -> coroutine.send() == Suspension.RETURNED);
        return null;
      });
      assertThat(loop.takeReports())
          .singleElement()
          .satisfies(
              report -> assertThat(report.exception().orElseThrow()).hasMessage("on purpose"));
    }
  }

  @Test
  void aForeignFutureIsQueriedInVirtualThreadsWhileATaskWaitsForIt() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      String answer =
          loop.run(() -> {
            ThirdPartyFuture<String> future = future(loop);
            loop.callLater(Duration.ofMillis(1), () -> future.promise().setResult("hello"));
            return future.await();
          });
      assertThat(answer).isEqualTo("hello");
    }
    assertThat(threads).isNotEmpty().allMatch(Thread::isVirtual);
  }

  @Test
  void aForeignFutureIsCancelledInAVirtualThread() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        // given a task that is cancelled before it waits
        ThirdPartyFuture<String> future = future(loop);
        Task<String> early =
            loop.createTask(() -> {
              loop.currentTask().orElseThrow().cancel("early");
              return future.await();
            });
        // and one that is cancelled while it waits
        ThirdPartyFuture<String> other = future(loop);
        Task<String> late = loop.createTask(other::await);
        Awaiter.yieldOnce();

        late.cancel("late");

        assertThatThrownBy(early::await).isInstanceOf(CancelledError.class).hasMessage("early");
        assertThatThrownBy(late::await).isInstanceOf(CancelledError.class).hasMessage("late");
        assertThat(future.isCancelled()).isTrue();
        assertThat(other.isCancelled()).isTrue();
        return null;
      });
    }
    assertThat(threads).isNotEmpty().allMatch(Thread::isVirtual);
  }

  @Test
  void aFutureOfAnotherLoopIsRefusedInAVirtualThread() {
    try (TestLoop loop = TestLoop.onCarrier();
        TestLoop other = TestLoop.onCarrier()) {
      loop.run(() -> {
        ThirdPartyFuture<String> future = future(other);
        assertThatThrownBy(future::await)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("a third-party future");
        return null;
      });
    }
    assertThat(threads).isNotEmpty().allMatch(Thread::isVirtual);
  }

  @Test
  void aForeignFutureThatRefusesACallbackFailsTheWaitAndNotTheLoop() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        ThirdPartyFuture<String> future = future(loop);
        var _ = future.refusingCallbacks(new UnsupportedOperationException("no callbacks"));
        assertThatThrownBy(future::await)
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessage("no callbacks");
        return null;
      });
    }
  }

  @Test
  void aForeignCoroutineRunsInVirtualThreads() {
    try (ScriptedCoroutines loop = new ScriptedCoroutines(threads)) {
      String answer =
          loop.run(() -> {
            throw new IllegalStateException("the script runs in place of the body");
          });
      assertThat(answer).isEqualTo("scripted");
    }
    assertThat(threads).hasSizeGreaterThan(2).allMatch(Thread::isVirtual);
  }

  private ThirdPartyFuture<String> future(TestLoop loop) {
    return new ThirdPartyFuture<String>(loop)
        .notingCallers(threads)
        .passingItself()
        .keepingCallbacks();
  }

  private void note() {
    threads.add(Thread.currentThread());
  }

  private static void putUninterruptibly(SynchronousQueue<String> queue, String value) {
    try {
      queue.put(value);
    } catch (InterruptedException nobodyDoes) {
      throw new IllegalStateException(nobodyDoes);
    }
  }

  private static final class FailingOnCarrier extends ReadyEntry {

    @Override
    public boolean runsOnCarrier() {
      return true;
    }

    @Override
    public void run() {
      throw new IllegalStateException("on purpose");
    }
  }
}
