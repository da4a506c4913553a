package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/** Eager starts within eager starts, and bodies that park in the middle of it. */
@HangGuard
class EagerStartNestingTest {

  private static final TaskOptions EAGER = TaskOptions.defaults().withEagerStart(true);

  @OnEachEngine
  void aChildStartsItsOwnChild(CoroutineMode mode) {
    List<String> events = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        Task<String> child =
            loop.createTask(
                () -> {
                  Task<String> grandchild =
                      loop.createTask(
                          () -> {
                            events.add(current(loop));
                            return future.await();
                          },
                          EAGER.withName("grandchild"));
                  events.add(current(loop));
                  return grandchild.await();
                },
                EAGER.withName("child"));
        events.add(current(loop));
        assertThat(loop.allTasks()).hasSize(3);
        future.setResult("value");
        assertThat(child.await()).isEqualTo("value");
        return null;
      });
    }
    assertThat(events).containsExactly("grandchild", "child", "Task-1");
  }

  @OnEachEngine
  void aGrandchildThatThrowsLeavesEachCreatorCurrent(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<String> child =
            loop.createTask(
                () -> {
                  Task<String> grandchild =
                      loop.createTask(
                          () -> {
                            throw new IllegalArgumentException("no");
                          },
                          EAGER);
                  assertThat(grandchild.exception().orElseThrow()).hasMessage("no");
                  return current(loop);
                },
                EAGER.withName("child"));
        assertThat(child.result()).isEqualTo("child");
        assertThat(current(loop)).isEqualTo("Task-1");
        return null;
      });
    }
  }

  @OnEachEngine
  void tasksNestedTooDeeplyAreScheduled(CoroutineMode mode) {
    int depth = 2_000;
    try (TestLoop loop = TestLoop.on(mode)) {
      Task<Integer> outermost = loop.createTask(() -> nest(loop, depth));
      assertThat(loop.runUntilComplete(outermost)).isEqualTo(depth);
      assertThat(loop.allTasks()).isEmpty();
    }
  }

  private static int nest(EventLoop loop, int depth) {
    return depth == 0 ? 0 : 1 + loop.createTask(() -> nest(loop, depth - 1), EAGER).await();
  }

  @Test
  void aBodyThatParksInItsFirstStepSuspendsItselfOnly() {
    CountDownLatch release = new CountDownLatch(1);
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<?> creator = loop.currentTask().orElseThrow();
        Task<String> parks =
            loop.createTask(
                () -> {
                  release.await();
                  return current(loop);
                },
                EAGER.withName("parks"));
        assertThat(parks.isDone()).isFalse();
        assertThat(loop.currentTask()).containsSame(creator);
        assertThat(loop.allTasks()).containsExactlyInAnyOrder(creator, parks);
        release.countDown();
        assertThat(parks.await()).isEqualTo("parks");
        return null;
      });
    }
  }

  @Test
  void aBodyThatParksInItsFirstStepIsInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Task<Object> parks =
            loop.createTask(
                () -> {
                  never.await();
                  return null;
                },
                EAGER);
        parks.cancel("enough");
        assertThatThrownBy(parks::await).isInstanceOf(CancelledError.class).hasMessage("enough");
        return null;
      });
    }
  }

  @Test
  void aCallbackContinuesWhenABodyThatItStartedParks() {
    CountDownLatch release = new CountDownLatch(1);
    List<String> events = new ArrayList<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        loop.callSoon(() -> {
          Task<Boolean> parks =
              loop.createTask(
                  () -> {
                    release.await();
                    return events.add(current(loop));
                  },
                  EAGER.withName("parks"));
          events.add("callback goes on " + parks.isDone() + loop.currentTask());
        });
        loop.callSoon(() -> {
          events.add("next callback");
          release.countDown();
        });
        TestLoop.yieldUntil(() -> events.size() == 3);
        return null;
      });
    }
    assertThat(events)
        .containsExactly("callback goes on falseOptional.empty", "next callback", "parks");
  }

  /** A creator that parks between the two swaps must not leave the child current. */
  @Test
  void aCreatorThatParksWithinTheStartIsNotConfusedWithItsChild() {
    List<String> events = new ArrayList<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Thread[] parked = new Thread[1];
        Task<String> creator =
            loop.createTask(
                () -> {
                  new ParkingStart(
                          loop,
                          () -> {
                            parked[0] = Thread.currentThread();
                            LockSupport.park();
                            events.add("resumed as " + current(loop));
                          })
                      .run();
                  return current(loop);
                },
                TaskOptions.named("creator"));
        TestLoop.yieldUntil(() -> TestLoop.isWaiting(parked[0]));
        events.add("meanwhile " + current(loop));
        loop.callSoon(() -> events.add("callback " + loop.currentTask()));
        Awaiter.yieldOnce();
        LockSupport.unpark(parked[0]);
        assertThat(creator.await()).isEqualTo("creator");
        return null;
      });
    }
    assertThat(events)
        .containsExactly("meanwhile Task-1", "callback Optional.empty", "resumed as child");
  }

  @Test
  void aCallbackThatParksWithinTheStartIsNotConfusedWithItsTask() {
    List<String> events = new ArrayList<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Thread[] parked = new Thread[1];
        loop.callSoon(() -> {
          new ParkingStart(
                  loop,
                  () -> {
                    parked[0] = Thread.currentThread();
                    LockSupport.park();
                    events.add("resumed as " + current(loop));
                  })
              .run();
          events.add("callback " + loop.currentTask());
        });
        TestLoop.yieldUntil(() -> TestLoop.isWaiting(parked[0]));
        events.add("meanwhile " + current(loop));
        LockSupport.unpark(parked[0]);
        TestLoop.yieldUntil(() -> events.size() == 3);
        return null;
      });
    }
    assertThat(events)
        .containsExactly("meanwhile Task-1", "resumed as child", "callback Optional.empty");
  }

  /** The creator is parked when the child, which has parked as well, is woken. */
  @Test
  void aWakeUpThatComesBeforeTheCreatorContinuesIsNotLost() {
    try (LateCreators loop = new LateCreators()) {
      loop.run(() -> {
        CountDownLatch release = new CountDownLatch(1);
        Thread[] child = new Thread[1];
        Task<String> creator =
            loop.createTask(() -> {
              loop.delayNext();
              return loop.createTask(
                      () -> {
                        child[0] = Thread.currentThread();
                        release.await();
                        return "woken";
                      },
                      EAGER)
                  .await();
            });
        TestLoop.yieldUntil(loop::isDelaying);
        assertThat(TestLoop.isWaiting(child[0])).isTrue();
        release.countDown();
        TestLoop.yieldUntil(() -> !TestLoop.isWaiting(child[0]));
        // Callbacks that the wake-up has scheduled run before this.
        Awaiter.yieldOnce();
        Awaiter.yieldOnce();
        loop.goOn();
        assertThat(creator.await()).isEqualTo("woken");
        return null;
      });
    }
  }

  /** A stack walk keeps the creator from going on when the child's first step has ended. */
  @Test
  void foreignStackWalksHaveNoEffect() throws InterruptedException {
    try (TestLoop loop = TestLoop.onCarrier()) {
      AtomicBoolean stop = new AtomicBoolean();
      AtomicBoolean ended = new AtomicBoolean();
      Thread walker =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                while (!stop.get()) {
                  for (Task<?> task : loop.allTasks()) {
                    int ignored = task.stack().size();
                  }
                }
              });
      try {
        loop.run(() -> {
          Task<?> creator = loop.currentTask().orElseThrow();
          for (int round = 0; round < 2_000; round++) {
            int number = round;
            Task<Integer> ends = loop.createTask(() -> number, EAGER);
            assertThat(loop.currentTask()).containsSame(creator);
            assertThat(ends.await()).isEqualTo(number);
            Task<Integer> waits =
                loop.createTask(
                    () -> {
                      Awaiter.yieldOnce();
                      return number;
                    },
                    EAGER);
            assertThat(waits.await()).isEqualTo(number);
          }
          ended.set(true);
          return null;
        });
      } finally {
        stop.set(true);
        walker.join();
      }
      assertThat(ended).isTrue();
      assertThat(loop.allTasks()).isEmpty();
    }
  }

  @Test
  void aCreatorThatCannotBeSuspendedSchedulesTheFirstStep() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Pinned.loop = loop;
        Task<String> task = Pinned.Initialised.TASK;
        assertThat(task.isDone()).isFalse();
        assertThat(loop.currentTask().orElseThrow().name()).isEqualTo("Task-1");
        assertThat(task.await()).isEqualTo("value of pinned");
        return null;
      });
    }
  }

  /** A class initialiser cannot be unmounted. */
  private static final class Pinned {

    static TestLoop loop;

    private static final class Initialised {

      static final Task<String> TASK =
          loop.createTask(() -> "value of " + current(loop), EAGER.withName("pinned"));
    }
  }

  private static String current(EventLoop loop) {
    return loop.currentTask().orElseThrow().name();
  }
}
