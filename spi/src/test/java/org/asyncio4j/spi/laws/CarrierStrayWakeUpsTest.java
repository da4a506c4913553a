package org.asyncio4j.spi.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/** Nothing but its future resumes a task that awaits, and nothing keeps it from going on. */
@HangGuard
class CarrierStrayWakeUpsTest {

  private static final int ROUNDS = 5_000;

  @OnEachEngine
  void anUnparkDoesNotResumeATaskThatAwaits(CoroutineMode mode) {
    assertThatNothingHappensBy(mode, LockSupport::unpark);
  }

  @OnEachEngine
  void anInterruptDoesNotResumeATaskThatAwaits(CoroutineMode mode) {
    assertThatNothingHappensBy(mode, Thread::interrupt);
  }

  @OnEachEngine
  void aStackWalkDoesNotResumeATaskThatAwaits(CoroutineMode mode) {
    assertThatNothingHappensBy(mode, Thread::getStackTrace);
  }

  @OnEachEngine
  void anInterruptOfATaskThatAwaitsIsKeptForTheBody(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> promise = loop.createFuture();
        Thread[] thread = new Thread[1];
        Task<Boolean> task =
            loop.createTask(() -> {
              thread[0] = Thread.currentThread();
              promise.await();
              return Thread.interrupted();
            });
        Awaiter.yieldOnce();
        thread[0].interrupt();
        promise.setResult("done");
        assertThat(task.await()).isTrue();
        return null;
      });
    }
  }

  @OnEachEngine
  void stackWalksNeitherLoseNorDoubleStepsOfTasks(CoroutineMode mode) throws InterruptedException {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    AtomicBoolean end = new AtomicBoolean();
    AtomicInteger walks = new AtomicInteger();
    Thread walker =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (!end.get()) {
                for (Thread thread : threads) {
                  thread.getStackTrace();
                  walks.incrementAndGet();
                }
              }
            });
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          tasks.add(loop.createTask(() -> walkedSteps(loop, threads)));
        }
        for (Task<Integer> task : tasks) {
          assertThat(task.await()).isEqualTo(ROUNDS);
        }
        return null;
      });
    }
    end.set(true);
    walker.join();
    assertThat(walks.get()).isPositive();
  }

  @Test
  void stackWalksDoNotLoseTasksThatPark() throws InterruptedException {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    AtomicBoolean end = new AtomicBoolean();
    Thread walker =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (!end.get()) {
                threads.forEach(Thread::getStackTrace);
              }
            });
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        SynchronousQueue<Integer> queue = new SynchronousQueue<>();
        Task<?> producer =
            loop.createTask(() -> {
              threads.add(Thread.currentThread());
              for (int i = 0; i < ROUNDS; i++) {
                queue.put(i);
              }
              return null;
            });
        Task<?> consumer =
            loop.createTask(() -> {
              threads.add(Thread.currentThread());
              for (int i = 0; i < ROUNDS; i++) {
                assertThat(queue.take()).isEqualTo(i);
                Awaiter.yieldOnce();
              }
              return null;
            });
        producer.await();
        return consumer.await();
      });
    }
    end.set(true);
    walker.join();
  }

  @Test
  void stackWalksOfTheRunnerLoseNoCallback() throws InterruptedException {
    AtomicBoolean end = new AtomicBoolean();
    List<Thread> runners = new CopyOnWriteArrayList<>();
    Thread walker =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (!end.get()) {
                runners.forEach(Thread::getStackTrace);
              }
            });
    List<Integer> called = new ArrayList<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        for (int i = 0; i < ROUNDS; i++) {
          int number = i;
          loop.callSoon(() -> {
            called.add(number);
            if (!runners.contains(Thread.currentThread())) {
              runners.add(Thread.currentThread());
            }
          });
          Awaiter.yieldOnce();
        }
        return null;
      });
    }
    end.set(true);
    walker.join();
    assertThat(called).hasSize(ROUNDS).isSorted();
  }

  @Test
  void aLoopThatIsClosedDuringStackWalksLosesNoBody() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      Thread[] body = new Thread[1];
      AtomicBoolean end = new AtomicBoolean();
      try (TestLoop loop = TestLoop.onCarrier()) {
        loop.createTask(() -> {
          body[0] = Thread.currentThread();
          return loop.createFuture().await();
        });
        loop.run(() -> null);
        Thread walker =
            Thread.ofPlatform()
                .daemon()
                .start(() -> {
                  while (!end.get()) {
                    body[0].getStackTrace();
                  }
                });
        loop.abandon();
        body[0].join();
        end.set(true);
        walker.join();
      }
    }
  }

  @Test
  void anAwaitThatCannotBeUnmountedIsRefused() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        PINNED.set(() -> loop.createFuture().await());
        assertThatThrownBy(InitialiserThatWaits::touch)
            .isInstanceOf(ExceptionInInitializerError.class)
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("pinned");
        // and the task is as good as before
        Awaiter.yieldOnce();
        return null;
      });
    }
  }

  @Test
  void aCoroutineThatCannotBeSentFromAPinnedCallbackIsRefusedAndForgotten() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        List<String> ran = new ArrayList<>();
        var coroutine = loop.newCoroutine("own", () -> ran.add("body"), () -> {});
        PINNED_CALLBACK.set(coroutine::send);
        loop.callSoon(() ->
            assertThatThrownBy(CallbackInitialiser::touch)
                .isInstanceOf(ExceptionInInitializerError.class));
        Awaiter.yieldOnce();
        loop.callSoon(() -> {});
        Awaiter.yieldOnce();
        assertThat(ran).isEmpty();

        coroutine.send();
        assertThat(ran).containsExactly("body");
        return null;
      });
    }
  }

  @OnEachEngine
  void aTaskWhoseStackOverflowsFailsAndTheLoopContinues(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<Integer> task = loop.createTask(() -> endless(0));
        assertThatThrownBy(task::await).isInstanceOf(StackOverflowError.class);
        loop.callSoon(() -> {
          throw new IllegalStateException("callback " + overflow());
        });
        Awaiter.yieldOnce();
        return null;
      });
      assertThat(loop.takeReports())
          .singleElement()
          .satisfies(report ->
              assertThat(report.exception().orElseThrow()).hasMessage("callback overflowed"));
    }
  }

  private static void assertThatNothingHappensBy(CoroutineMode mode, Consumer<Thread> stray) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> promise = loop.createFuture();
        Thread[] thread = new Thread[1];
        AtomicInteger resumed = new AtomicInteger();
        Task<String> task =
            loop.createTask(() -> {
              thread[0] = Thread.currentThread();
              try {
                return promise.await();
              } finally {
                resumed.incrementAndGet();
              }
            });
        Awaiter.yieldOnce();

        for (int i = 0; i < 10; i++) {
          stray.accept(thread[0]);
          Awaiter.yieldOnce();
        }
        Thread.ofPlatform().start(() -> stray.accept(thread[0])).join();
        Awaiter.yieldOnce();

        assertThat(resumed).hasValue(0);
        promise.setResult("done");
        assertThat(task.await()).isEqualTo("done");
        assertThat(resumed).hasValue(1);
        return null;
      });
    }
  }

  private static int walkedSteps(BaseEventLoop loop, List<Thread> threads) {
    threads.add(Thread.currentThread());
    Random random = new Random(threads.size());
    int steps = 0;
    while (steps < ROUNDS) {
      if (random.nextBoolean()) {
        Awaiter.yieldOnce();
      } else {
        Promise<Integer> promise = loop.createFuture();
        loop.callSoon(() -> promise.setResult(1));
        promise.await();
      }
      steps++;
    }
    return steps;
  }

  private static String overflow() {
    try {
      return "returned " + endless(0);
    } catch (StackOverflowError expected) {
      return "overflowed";
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int endless(int depth) {
    return 1 + endless(depth + 1);
  }

  private static final ThreadLocal<Runnable> PINNED = new ThreadLocal<>();
  private static final java.util.concurrent.atomic.AtomicReference<Runnable> PINNED_CALLBACK =
      new java.util.concurrent.atomic.AtomicReference<>();

  private static final class InitialiserThatWaits {
    static {
      PINNED.get().run();
    }

    static void touch() {}
  }

  private static final class CallbackInitialiser {
    static {
      PINNED_CALLBACK.get().run();
    }

    static void touch() {}
  }
}
