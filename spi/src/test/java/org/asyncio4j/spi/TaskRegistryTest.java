package org.asyncio4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

@HangGuard
class TaskRegistryTest {

  @OnEachEngine
  void pendingTasksAreThoseThatAreNotDone(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<?> self = loop.currentTask().orElseThrow();
        Promise<Void> release = loop.createFuture();
        Task<Void> waiting = loop.createTask(release::await);
        Task<Void> ended = loop.createTask(() -> null);
        ended.await();
        assertThat(loop.allTasks()).containsExactlyInAnyOrder(self, waiting);
        release.setResult(null);
        waiting.await();
        assertThat(loop.allTasks()).containsExactly(self);
        return null;
      });
      assertThat(loop.allTasks()).isEmpty();
    }
  }

  @Test
  void slotsAreUsedAgain() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      Set<Integer> slots = new HashSet<>();
      loop.run(() -> {
        for (int i = 0; i < 1_000; i++) {
          Task<?> task = loop.createTask(() -> null);
          slots.add(((BuiltinTask<?>) task).slot());
          task.await();
          assertThat(((BuiltinTask<?>) task).slot()).isNegative();
        }
        return null;
      });
      assertThat(slots).hasSize(1);
    }
  }

  @Test
  void theRegistryGrows() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Promise<Void> release = loop.createFuture();
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          tasks.add(loop.createTask(release::await));
        }
        assertThat(loop.allTasks()).hasSize(1_001).containsAll(tasks);
        release.setResult(null);
        for (Task<Void> task : tasks) {
          task.await();
        }
        assertThat(loop.allTasks()).hasSize(1);
        return null;
      });
    }
  }

  @Test
  void aSnapshotOfAnotherThreadSeesEveryTaskThatStays() throws InterruptedException {
    AtomicBoolean end = new AtomicBoolean();
    AtomicInteger snapshots = new AtomicInteger();
    List<Object> wrong = new ArrayList<>();
    try (TestLoop loop = TestLoop.onCarrier()) {
      loop.run(() -> {
        Promise<Void> release = loop.createFuture();
        Set<Task<?>> stable = new HashSet<>();
        for (int i = 0; i < 50; i++) {
          stable.add(loop.createTask(release::await));
        }
        Thread observer =
            Thread.ofPlatform()
                .daemon()
                .start(() -> {
                  while (!end.get()) {
                    if (!loop.allTasks().containsAll(stable)) {
                      wrong.add("a task is missing");
                    }
                    snapshots.incrementAndGet();
                  }
                });
        int size = 1;
        do {
          // grows several times while it is looked at
          size = Math.min(size * 2, 1_000);
          List<Task<?>> churn = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            churn.add(loop.createTask(() -> null));
          }
          for (Task<?> task : churn) {
            task.await();
          }
        } while (snapshots.get() < 200);
        end.set(true);
        observer.join();
        release.setResult(null);
        for (Task<?> task : stable) {
          task.await();
        }
        return null;
      });
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void onlyOneTaskIsCurrentAtATime() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      TaskRegistry registry = new TaskRegistry(loop);
      Task<?> first = loop.createTask(() -> null);
      Task<?> second = loop.createTask(() -> null);

      registry.enter(first);
      assertThatThrownBy(() -> registry.enter(second))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot enter task")
          .hasMessageContaining(second.name())
          .hasMessageContaining(first.name());
      assertThatThrownBy(() -> registry.leave(second)).isInstanceOf(IllegalStateException.class);
      assertThat(registry.current()).isSameAs(first);
      registry.leave(first);
      assertThat(registry.current()).isNull();
      assertThatThrownBy(() -> registry.leave(first))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no task");
      loop.run(() -> {
        Awaiter.yieldOnce();
        return null;
      });
    }
  }
}
