package org.asyncio4j.spi.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 1: a callback may wait for a lock that a task of its loop holds, or queues for. */
@HangGuard
class CarrierLaw1LocksTest {

  @ParameterizedTest
  @EnumSource
  void aCallbackMayWaitForALockThatATaskHoldsWhileItWaits(Kind kind) {
    List<String> order = new ArrayList<>();
    Guard guard = kind.create();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Promise<Void> release = loop.createFuture();
        Promise<Void> called = loop.createFuture();
        Task<?> holder =
            loop.createTask(() -> {
              guard.hold(() -> {
                release.await();
                order.add("task");
              });
              return null;
            });
        loop.callSoon(() -> {
          guard.hold(() -> order.add("callback"));
          called.setResult(null);
        });
        loop.callSoon(() -> release.setResult(null));
        called.await();
        return holder.await();
      });
    }
    assertThat(order).containsExactly("task", "callback");
  }

  @ParameterizedTest
  @EnumSource
  void aCallbackMayQueueForALockBehindATask(Kind kind) {
    List<String> order = new ArrayList<>();
    Guard guard = kind.create();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        AtomicReference<Thread> queuedTask = new AtomicReference<>();
        AtomicReference<Thread> queuedCallback = new AtomicReference<>();
        CountDownLatch held = new CountDownLatch(1);
        Thread third =
            Thread.ofPlatform()
                .daemon()
                .start(() ->
                    guard.hold(() -> {
                      held.countDown();
                      TestLoop.spinUntil(() -> TestLoop.isWaiting(queuedTask.get()));
                      TestLoop.spinUntil(() -> TestLoop.isWaiting(queuedCallback.get()));
                    }));
        held.await();
        Promise<Void> called = loop.createFuture();
        Task<?> task =
            loop.createTask(() -> {
              queuedTask.set(Thread.currentThread());
              guard.hold(() -> order.add("task"));
              return null;
            });
        loop.callSoon(() -> {
          queuedCallback.set(Thread.currentThread());
          guard.hold(() -> order.add("callback"));
          called.setResult(null);
        });
        called.await();
        task.await();
        third.join();
        return null;
      });
    }
    assertThat(order).containsExactlyInAnyOrder("task", "callback");
  }

  private interface Guard {
    void hold(Runnable body);
  }

  private enum Kind {
    REENTRANT_LOCK {
      @Override
      Guard create() {
        ReentrantLock lock = new ReentrantLock();
        return body -> {
          lock.lock();
          try {
            body.run();
          } finally {
            lock.unlock();
          }
        };
      }
    },
    MONITOR {
      @Override
      Guard create() {
        Object monitor = new Object();
        return body -> {
          synchronized (monitor) {
            body.run();
          }
        };
      }
    };

    abstract Guard create();
  }
}
