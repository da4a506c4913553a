package org.asyncio4j.spi.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.tasks.TaskGroup;
import org.junit.jupiter.api.Test;

/** Futures completed during and after the end of a loop do no harm, and are not lost silently. */
@HangGuard
class ClosedLoopFuturesTest {

  @Test
  void theMessageNamesTheFutureAndTheRemedy() {
    TestLoop loop = TestLoop.onCarrier();
    Promise<String> future = loop.createFuture();
    future.addDoneCallback(done -> {});
    loop.close();
    assertThatThrownBy(() -> future.setResult("lost"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot run the callbacks of <Future finished>: its event loop is closed; complete"
                + " futures before their loop is closed");
  }

  /** Their clean-up wakes others that have ended, too, whatever the order. */
  @OnEachEngine
  void bodiesThatAreAbandonedCleanUp(CoroutineMode mode) throws InterruptedException {
    TestLoop loop = TestLoop.on(mode);
    AsyncLock lock = new AsyncLock();
    AsyncQueue<String> queue = new AsyncQueue<>();
    CountDownLatch ended = new CountDownLatch(3);
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    loop.run(() -> {
      lock.acquire();
      for (int i = 0; i < 3; i++) {
        loop.createTask(() -> {
          try {
            lock.acquire();
          } finally {
            cleanUp(thrown, () -> queue.putNoWait("wakes the last"));
            cleanUp(thrown, () -> releaseIfHeld(lock));
            ended.countDown();
          }
          return null;
        });
      }
      loop.createTask(queue::get);
      Awaiter.yieldOnce();
      Awaiter.yieldOnce();
      return null;
    });

    assertThat(loop.abandon()).hasSize(4);
    ended.await();

    assertThat(thrown).isEmpty();
  }

  /** One body at a time: those of a closed loop end beside each other. */
  private static synchronized void releaseIfHeld(AsyncLock lock) {
    if (lock.isLocked()) {
      lock.release();
    }
  }

  private static void cleanUp(List<Throwable> thrown, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error failure) {
      thrown.add(failure);
    }
  }

  @OnEachEngine
  void aGroupThatIsAbandonedCancelsItsChildren(CoroutineMode mode) throws InterruptedException {
    TestLoop loop = TestLoop.on(mode);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    loop.run(() -> {
      loop.createTask(() -> {
        try {
          TaskGroup.run(group -> {
            group.createTask(() -> loop.createFuture().await());
            Object ignored = loop.createFuture().await();
          });
        } catch (Throwable thrown) {
          end.complete(thrown);
        }
        return null;
      });
      Awaiter.yieldOnce();
      Awaiter.yieldOnce();
      return null;
    });
    assertThat(loop.abandon()).hasSize(2);
    assertThat(end.join()).isNotInstanceOf(NullPointerException.class);
  }

  /** A loop fails its connects, for instance, when it closes its sockets. */
  @Test
  void futuresThatClosingCompletesAreNoError() {
    List<Promise<String>> ofLoop = new ArrayList<>();
    TestLoop loop =
        new TestLoop(LoopContext.defaults()) {
          @Override
          protected void closeResources() {
            ofLoop.forEach(future -> future.setResult("closed"));
            super.closeResources();
          }
        };
    Promise<String> future = loop.createFuture();
    future.addDoneCallback(done -> {});
    ofLoop.add(future);
    loop.close();
    assertThat(future.result()).isEqualTo("closed");
  }

  @Test
  void anUnretrievedFailureAfterTheEndIsReported() {
    List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    TestLoop loop = TestLoop.onCarrier();
    loop.setExceptionHandler((source, report) -> reports.add(report));
    loop.close();
    WeakReference<Promise<?>> failed = failed(loop);
    TestLoop.spinUntil(() -> {
      System.gc();
      return failed.refersTo(null) && !reports.isEmpty();
    });
    assertThat(reports)
        .singleElement()
        .satisfies(report -> assertThat(report.exception()).isPresent());
  }

  private static WeakReference<Promise<?>> failed(TestLoop loop) {
    Promise<?> future = loop.createFuture();
    future.setException(new IllegalStateException("on purpose"));
    return new WeakReference<>(future);
  }

  /** Neither the executor nor the log sees anything of it. */
  @OnEachEngine
  void aLateResultOfAThreadHasNoEffect(CoroutineMode mode) throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    TestLoop loop = TestLoop.on(mode);
    Promise<?>[] future = new Promise<?>[1];
    Thread[] worker = new Thread[1];
    future[0] =
        (Promise<?>)
            loop.runInExecutor(
                work -> {
                  worker[0] = new Thread(work);
                  worker[0].setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
                  worker[0].start();
                },
                () -> {
                  started.countDown();
                  end.await();
                  return "too late";
                });
    future[0].addDoneCallback(done -> {});
    started.await();
    loop.close();
    end.countDown();
    worker[0].join();
    assertThat(uncaught).isEmpty();
    assertThat(future[0].isDone()).isFalse();
  }
}
