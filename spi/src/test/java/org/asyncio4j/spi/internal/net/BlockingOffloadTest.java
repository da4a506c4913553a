package org.asyncio4j.spi.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.RunningLoop;
import org.asyncio4j.spi.fixture.CapturedLog;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;

@HangGuard
class BlockingOffloadTest {

  @OnEachEngine
  void theDefaultExecutorRunsTheBodyElsewhere(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      Object there = loop.run(() -> loop.runInExecutor(RunningLoop::runningLoop).await());
      assertThat(there).isNull();
    }
  }

  @OnEachEngine
  void anExceptionOfTheBodyIsThrownUnchanged(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Future<?> future =
            loop.runInExecutor(() -> {
              throw new IOException("on purpose");
            });
        assertThatThrownBy(future::await).isInstanceOf(IOException.class).hasMessage("on purpose");
        return null;
      });
    }
  }

  @OnEachEngine
  void anExecutorThatRunsInPlaceWorksToo(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      assertThat(loop.run(() -> loop.runInExecutor(Runnable::run, () -> "hello").await()))
          .isEqualTo("hello");
    }
  }

  @OnEachEngine
  void aResultThatComesAfterACancellationIsDropped(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode);
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      CountDownLatch mayEnd = new CountDownLatch(1);
      loop.run(() -> {
        Future<?> future =
            loop.runInExecutor(
                executor,
                () -> {
                  mayEnd.await();
                  throw new IOException("not needed");
                });
        future.cancel("enough");
        mayEnd.countDown();
        assertThatThrownBy(future::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        // a second body shows that the first one's result has come
        return loop.runInExecutor(executor, () -> "second").await();
      });
    }
  }

  @OnEachEngine
  void aResultThatComesAfterTheLoopWasClosedIsNotReported(CoroutineMode mode) throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicReference<Thread> worker = new AtomicReference<>();
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Executor executor =
        Thread.ofVirtual().uncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown))
            ::start;
    try (CapturedLog log = CapturedLog.start()) {
      try (TestLoop loop = TestLoop.on(mode)) {
        CountDownLatch running = new CountDownLatch(1);
        loop.runInExecutor(
            executor,
            () -> {
              worker.set(Thread.currentThread());
              running.countDown();
              mayEnd.await();
              throw new IOException("not needed");
            });
        running.await();
      }
      mayEnd.countDown();
      worker.get().join();
      assertThat(log.messages()).isEmpty();
      assertThat(uncaught).isEmpty();
    }
  }

  @OnEachEngine
  void shutdownWaitsForRunningBodies(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Future<String> future =
            loop.runInExecutor(() -> {
              mayEnd.await();
              return "done";
            });
        loop.callSoon(mayEnd::countDown);
        assertThat(loop.shutdownDefaultExecutor(Duration.ofHours(1))).isTrue();
        assertThat(future.await()).isEqualTo("done");
        assertThatThrownBy(() -> loop.runInExecutor(() -> "late"))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("shutdown");
        return null;
      });
    }
  }

  @OnEachEngine
  void shutdownInterruptsBodiesThatDoNotEndInTime(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode);
        CapturedLog log = CapturedLog.start()) {
      loop.run(() -> {
        Future<?> future =
            loop.runInExecutor(() -> {
              new CountDownLatch(1).await();
              return null;
            });
        assertThat(loop.shutdownDefaultExecutor(Duration.ofMillis(1))).isFalse();
        assertThatThrownBy(future::await).isInstanceOf(InterruptedException.class);
        return null;
      });
      assertThat(log.messages()).singleElement().asString().contains("did not finish");
    }
  }

  @OnEachEngine
  void aBodyCancelledBeforeItsTurnNeverRuns(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode);
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      CountDownLatch mayEnd = new CountDownLatch(1);
      List<String> ran = new CopyOnWriteArrayList<>();
      loop.run(() -> {
        Future<?> first =
            loop.runInExecutor(
                executor,
                () -> {
                  mayEnd.await();
                  return ran.add("first");
                });
        Future<?> second = loop.runInExecutor(executor, () -> ran.add("second"));
        assertThat(second.cancel()).isTrue();
        mayEnd.countDown();
        Object ignored = first.await();
        return loop.runInExecutor(executor, () -> ran.add("third")).await();
      });
      assertThat(ran).containsExactly("first", "third");
    }
  }

  @OnEachEngine
  void bodiesThatAShutdownDropsAreCancelled(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode);
        CapturedLog log = CapturedLog.start()) {
      loop.setDefaultExecutor(Executors.newSingleThreadExecutor());
      loop.run(() -> {
        Future<?> endless =
            loop.runInExecutor(() -> {
              new CountDownLatch(1).await();
              return null;
            });
        Future<String> queued = loop.runInExecutor(() -> "never");
        assertThat(loop.shutdownDefaultExecutor(Duration.ofMillis(1))).isFalse();
        assertThatThrownBy(queued::await)
            .isInstanceOf(CancelledError.class)
            .hasMessage("the executor was shut down");
        assertThatThrownBy(endless::await).isInstanceOf(InterruptedException.class);
        return null;
      });
      assertThat(log.messages()).hasSize(1);
    }
  }

  @OnEachEngine
  void shutdownWithoutAnExecutorIsDoneAtOnce(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      assertThat(loop.shutdownDefaultExecutor(Duration.ZERO)).isTrue();
    }
  }
}
