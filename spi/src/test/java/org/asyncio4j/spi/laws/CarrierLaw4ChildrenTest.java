package org.asyncio4j.spi.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopInside;
import org.asyncio4j.spi.RunningLoop;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/** Law 4: a thread that is started in a task is a thread like any other. */
@HangGuard
class CarrierLaw4ChildrenTest {

  private static final ContextVar<String> VARIABLE = ContextVar.named("variable");

  @Test
  void aThreadThatIsStartedInATaskRunsWhileTheTaskKeepsTheLoop() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      AtomicReference<String> child = new AtomicReference<>();
      loop.run(() -> {
        Thread.startVirtualThread(() -> child.set(Thread.currentThread().toString()));
        TestLoop.spinUntil(() -> child.get() != null);
        return null;
      });
      assertThat(child.get()).contains("ForkJoinPool");
    }
  }

  @Test
  void aThreadStartedInACallbackOrByAnExecutorOrByAChildRunsToo() {
    try (TestLoop loop = TestLoop.onCarrier();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch ran = new CountDownLatch(3);
      loop.run(() -> {
        loop.callSoon(() -> {
          Thread.startVirtualThread(ran::countDown);
          TestLoop.spinUntil(() -> ran.getCount() == 2);
        });
        Awaiter.yieldOnce();
        executor.execute(ran::countDown);
        TestLoop.spinUntil(() -> ran.getCount() == 1);
        Thread.startVirtualThread(() -> Thread.startVirtualThread(ran::countDown));
        TestLoop.spinUntil(() -> ran.getCount() == 0);
        return null;
      });
    }
  }

  @OnEachEngine
  void aChildIsNotTheTask(CoroutineMode mode) {
    List<Object> seen = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        VARIABLE.set("of the task");
        Thread child =
            Thread.startVirtualThread(() -> {
              seen.add(RunningLoop.runningLoop());
              seen.add(LoopInside.isOnLoopThread(loop));
              seen.add(VARIABLE.value());
              VARIABLE.set("of the child");
            });
        child.join();
        seen.add(VARIABLE.get());
        return null;
      });
    }
    assertThat(seen).containsExactly(null, false, java.util.Optional.empty(), "of the task");
  }

  @OnEachEngine
  void aChildThatParksOutlivesTheLoop(CoroutineMode mode) throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Thread child;
    try (TestLoop loop = TestLoop.on(mode)) {
      child =
          loop.run(() ->
              Thread.startVirtualThread(() -> {
                awaitUninterruptibly(release);
                ended.set(true);
              }));
    }
    release.countDown();
    child.join();
    assertThat(ended).isTrue();
  }

  @OnEachEngine
  void aChildMayRunItsOwnLoop(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.onCarrier()) {
      AtomicReference<Object> answer = new AtomicReference<>();
      loop.run(() -> {
        Thread child =
            Thread.startVirtualThread(() -> {
              try (TestLoop own = TestLoop.on(mode)) {
                answer.set(
                    own.run(() -> {
                      Awaiter.yieldOnce();
                      return RunningLoop.runningLoop() == own;
                    }));
              }
            });
        child.join();
        return null;
      });
      assertThat(answer.get()).isEqualTo(true);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException nobodyDoes) {
      throw new IllegalStateException(nobodyDoes);
    }
  }
}
