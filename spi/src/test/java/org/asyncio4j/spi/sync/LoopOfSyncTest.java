package org.asyncio4j.spi.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.sync.AsyncBarrier;
import org.asyncio4j.sync.AsyncCondition;
import org.asyncio4j.sync.AsyncEvent;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.sync.AsyncSemaphore;
import org.junit.jupiter.api.Test;

/** The loop that a lock or queue belongs to, and its use by other loops. */
@HangGuard
class LoopOfSyncTest {

  /** A wait that does not end by itself, and a call that ends it. */
  private record Wait(String name, ThrowingRunnable<RuntimeException> begin, Runnable end) {}

  private static List<Wait> waits() {
    AsyncLock lock = new AsyncLock();
    lock.acquire();
    AsyncEvent event = new AsyncEvent();
    AsyncSemaphore semaphore = new AsyncSemaphore(0);
    AsyncBarrier barrier = new AsyncBarrier(2);
    AsyncQueue<String> empty = new AsyncQueue<>();
    AsyncQueue<String> full = new AsyncQueue<>(1);
    full.put("a");
    AsyncQueue<String> unfinished = new AsyncQueue<>();
    unfinished.put("a");
    return List.of(
        new Wait("AsyncLock.acquire", lock::acquire, lock::release),
        new Wait("AsyncEvent.await", event::await, event::set),
        new Wait("AsyncSemaphore.acquire", semaphore::acquire, semaphore::release),
        new Wait("AsyncBarrier.await", () -> assertThat(barrier.await()).isZero(), barrier::await),
        new Wait(
            "AsyncQueue.get", () -> assertThat(empty.get()).isEqualTo("a"), () -> empty.put("a")),
        new Wait("AsyncQueue.put", () -> full.put("b"), full::get),
        new Wait("AsyncQueue.join", unfinished::join, unfinished::taskDone));
  }

  @Test
  void aForeignThreadCannotWait() {
    for (Wait wait : waits()) {
      assertThatThrownBy(wait.begin::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "no running event loop on thread %s; call this from a task or callback, or pass a"
                  + " loop",
              Thread.currentThread().getName());
    }
  }

  @OnEachEngine
  void aCallbackCannotWait(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          for (Wait wait : waits()) {
            CompletableFuture<Throwable> refusal = new CompletableFuture<>();
            crew.loop().callSoon(() -> refusal.complete(thrownBy(wait.begin)));
            Crew.yield(2);
            assertThat(refusal.getNow(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(wait.name)
                .hasMessageContaining("callback");
          }
        });
  }

  @OnEachEngine
  void aCallbackMayWakeTasks(CoroutineMode mode) {
    Crew.on(
        mode,
        crew -> {
          for (Wait wait : waits()) {
            crew.start(wait.begin);
            crew.loop().callSoon(wait.end);
          }
          crew.joinWell();
        });
  }

  @OnEachEngine
  void aTaskOfAnotherLoopCannotWait(CoroutineMode mode) {
    List<Wait> waits = waits();
    try (TestLoop loop = TestLoop.on(mode);
        TestLoop other = TestLoop.on(mode)) {
      List<Task<Boolean>> waiting =
          loop.run(() -> waits.stream().map(wait -> startIn(loop, wait)).toList());
      for (Wait wait : waits) {
        // The second to come to a barrier of two does not wait.
        if (!wait.name.equals("AsyncBarrier.await")) {
          assertThat(other.<Throwable>run(() -> thrownBy(wait.begin)))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining(wait.name)
              .hasMessageContaining(identityOf(loop))
              .hasMessageContaining(identityOf(other));
        }
      }
      waits.forEach(wait -> wait.end.run());
      assertThat(loop.run(() -> waiting.stream().allMatch(Task::await))).isTrue();
    }
  }

  @OnEachEngine
  void theThreadOfAnotherLoopCannotWakeTasks(CoroutineMode mode) throws Exception {
    for (Wait wait : waits()) {
      try (TestLoop loop = TestLoop.on(mode);
          TestLoop other = TestLoop.on(mode)) {
        CompletableFuture<Boolean> waits = new CompletableFuture<>();
        Task<Boolean> waiter = startIn(loop, wait);
        loop.callSoon(() -> loop.callSoon(() -> waits.complete(true)));
        Thread thread =
            Thread.ofPlatform()
                .start(() -> {
                  boolean ignored = loop.<Boolean>runUntilComplete(waiter);
                });
        assertThat(waits.get()).isTrue();

        assertThatThrownBy(wait.end::run)
            .as(wait.name)
            .isInstanceOf(WrongThreadException.class)
            .hasMessageContaining("callSoonThreadsafe");
        assertThat(other.<Throwable>run(() -> thrownBy(wait.end::run)))
            .as(wait.name)
            .isInstanceOf(WrongThreadException.class)
            .hasMessageContaining(identityOf(other));
        assertThat(waiter.isDone()).isFalse();

        loop.callSoonThreadsafe(wait.end);
        thread.join();
        assertThat(waiter.result()).isTrue();
      }
    }
  }

  @OnEachEngine
  void anUnusedObjectMayBeUsedByTheNextLoop(CoroutineMode mode) {
    AsyncLock lock = new AsyncLock();
    for (int i = 0; i < 2; i++) {
      try (TestLoop loop = TestLoop.on(mode)) {
        boolean locked =
            loop.run(() -> {
              try (var _ = lock.hold()) {
                return lock.isLocked();
              }
            });
        assertThat(locked).isTrue();
      }
    }
    assertThat(lock.isLocked()).isFalse();
  }

  @OnEachEngine
  void aConditionAndItsLockBelongToOneLoop(CoroutineMode mode) {
    AsyncLock lock = new AsyncLock();
    AsyncCondition condition = new AsyncCondition(lock);
    Crew.on(
        mode,
        crew -> {
          lock.acquire();
          crew.start(() -> {
            lock.acquire();
            lock.release();
          });
          lock.release();
          crew.joinWell();
        });
    try (TestLoop other = TestLoop.on(mode)) {
      lock.acquire();
      assertThat(other.<Throwable>run(() -> thrownBy(condition::await)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("AsyncCondition.await");
      assertThat(lock.isLocked()).isTrue();
    }
  }

  @OnEachEngine
  void aBodyAbandonedByAClosedLoopReleasesItsLocks(CoroutineMode mode) throws Exception {
    AsyncLock lock = new AsyncLock();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    TestLoop loop = TestLoop.on(mode);
    loop.run(() -> {
      AsyncEvent never = new AsyncEvent();
      Task<Boolean> ignored =
          loop.createTask(() -> {
            try (var _ = lock.hold()) {
              never.await();
              return true;
            } finally {
              ended.complete(true);
            }
          });
      Crew.yield(2);
      return true;
    });
    assertThat(lock.isLocked()).isTrue();
    assertThat(loop.abandon()).hasSize(1);
    assertThat(ended.get()).isTrue();
    assertThat(lock.isLocked()).isFalse();
  }

  private static Task<Boolean> startIn(TestLoop loop, Wait wait) {
    return loop.createTask(() -> {
      wait.begin.run();
      return true;
    });
  }

  private static String identityOf(TestLoop loop) {
    return "(%x)".formatted(System.identityHashCode(loop));
  }

  private static Throwable thrownBy(ThrowingRunnable<? extends Exception> action) {
    try {
      action.run();
    } catch (Throwable thrown) {
      return thrown;
    }
    return new AssertionError("nothing was thrown");
  }
}
