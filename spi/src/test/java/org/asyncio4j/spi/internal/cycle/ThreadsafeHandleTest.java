package org.asyncio4j.spi.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.Handle;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

@HangGuard
class ThreadsafeHandleTest {

  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void aQueuedCallbackThatIsCancelledNeverRuns() {
    ThreadsafeHandle handle = new ThreadsafeHandle(calls::incrementAndGet, null, null);
    handle.cancel();
    handle.run();
    assertThat(handle.isCancelled()).isTrue();
    assertThat(calls).hasValue(0);
  }

  @Test
  void aCallbackThatHasEndedIsNotCancelled() {
    ThreadsafeHandle handle = new ThreadsafeHandle(calls::incrementAndGet, null, null);
    handle.run();
    handle.cancel();
    assertThat(handle.isCancelled()).isFalse();
    assertThat(calls).hasValue(1);
  }

  @Test
  void cancellingARunningCallbackWaitsUntilItHasEnded() throws InterruptedException {
    // given a callback that runs
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    ThreadsafeHandle handle =
        new ThreadsafeHandle(
            () -> {
              running.countDown();
              awaitQuietly(mayEnd);
              calls.incrementAndGet();
            },
            null,
            null);
    Thread runner = Thread.ofPlatform().daemon().start(handle::run);
    running.await();

    // when another thread cancels it, and is interrupted while it waits
    AtomicInteger callsAtReturn = new AtomicInteger(-1);
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Thread canceller =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              handle.cancel();
              callsAtReturn.set(calls.get());
              interrupted.set(Thread.interrupted());
            });
    TestLoop.spinUntil(() -> TestLoop.isWaiting(canceller));
    canceller.interrupt();
    TestLoop.spinUntil(() -> !canceller.isInterrupted() && TestLoop.isWaiting(canceller));

    // then it returns after the callback, and keeps the interrupt
    mayEnd.countDown();
    canceller.join();
    runner.join();
    assertThat(callsAtReturn).hasValue(1);
    assertThat(interrupted.get()).isTrue();
    assertThat(handle.isCancelled()).isFalse();
  }

  @Test
  void aCallbackMayCancelItself() {
    AtomicReference<Handle> handle = new AtomicReference<>();
    ThreadsafeHandle self =
        new ThreadsafeHandle(
            () -> {
              handle.get().cancel();
              calls.incrementAndGet();
            },
            null,
            null);
    handle.set(self);
    self.run();
    assertThat(calls).hasValue(1);
  }

  @Test
  void aCallbackThatThrowsReleasesThreadsThatCancelIt() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    ThreadsafeHandle handle =
        new ThreadsafeHandle(
            () -> {
              running.countDown();
              awaitQuietly(mayEnd);
              throw new IllegalStateException("on purpose");
            },
            null,
            null);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread runner =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                handle.run();
              } catch (IllegalStateException expected) {
                thrown.set(expected);
              }
            });
    running.await();
    Thread canceller = Thread.ofPlatform().daemon().start(handle::cancel);
    TestLoop.spinUntil(() -> TestLoop.isWaiting(canceller));
    mayEnd.countDown();
    canceller.join();
    runner.join();
    assertThat(thrown.get()).hasMessage("on purpose");
  }

  @Test
  void aTaskThatCancelsAParkedCallbackWaitsWithoutKeepingTheLoop() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch mayEnd = new CountDownLatch(1);
      loop.run(() -> {
        Handle handle =
            loop.callSoonThreadsafe(() -> {
              running.countDown();
              awaitQuietly(mayEnd);
              calls.incrementAndGet();
            });
        TestLoop.yieldUntil(() -> running.getCount() == 0);
        loop.callSoon(mayEnd::countDown);
        handle.cancel();
        assertThat(calls).hasValue(1);
        return null;
      });
    }
  }

  @Test
  void onlyACallbackThatHasNotBegunCanBeWithdrawn() {
    AtomicReference<ThreadsafeHandle> own = new AtomicReference<>();
    ThreadsafeHandle running =
        new ThreadsafeHandle(
            () -> {
              assertThat(own.get().withdraw()).as("while it runs").isFalse();
              calls.incrementAndGet();
            },
            null,
            null);
    own.set(running);
    running.run();
    assertThat(running.withdraw()).as("after it ran").isFalse();
    assertThat(calls).hasValue(1);

    ThreadsafeHandle queued = new ThreadsafeHandle(calls::incrementAndGet, null, null);
    assertThat(queued.withdraw()).isTrue();
    assertThat(queued.withdraw()).as("again").isTrue();
    queued.run();
    assertThat(queued.isCancelled()).isTrue();
    assertThat(calls).hasValue(1);
  }

  @OnEachEngine
  void aClosingLoopCancelsAcceptedCallbacks(CoroutineMode mode) throws InterruptedException {
    TestLoop loop = TestLoop.on(mode);
    Handle ran = loop.callSoonThreadsafe(calls::incrementAndGet);
    loop.stop();
    loop.runForever();

    AtomicReference<Handle> ofOther = new AtomicReference<>();
    Thread.ofPlatform()
        .start(() -> ofOther.set(loop.callSoonThreadsafe(calls::incrementAndGet)))
        .join();
    loop.close();

    assertThat(ran.isCancelled()).isFalse();
    assertThat(ofOther.get().isCancelled()).isTrue();
    assertThat(calls).hasValue(1);
  }

  @OnEachEngine
  void aClosingLoopCancelsCallbacksItWasAboutToRun(CoroutineMode mode) {
    // given a run that ends in a poll, with a callback queued behind it
    AtomicReference<Handle> queued = new AtomicReference<>();
    TestLoop loop =
        new TestLoop(LoopContext.defaults().withCoroutines(mode)) {
          @Override
          protected void poll(long waitNanos) {
            queued.set(callSoonThreadsafe(calls::incrementAndGet));
            throw new IllegalStateException("on purpose");
          }
        };
    assertThatThrownBy(loop::runForever).hasMessage("on purpose");

    loop.close();

    assertThat(queued.get().isCancelled()).isTrue();
    assertThat(calls).hasValue(0);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException nobodyDoes) {
      throw new IllegalStateException(nobodyDoes);
    }
  }
}
