package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.tasks.CallGraph;
import org.example.waiting.Waiting;
import org.junit.jupiter.api.Test;

@HangGuard
class TaskTreeTest {

  private static final TaskOptions EAGER = TaskOptions.defaults().withEagerStart(true);

  @OnEachEngine
  void tasksAreListedBelowTheFramesOfTheirAwaiters(CoroutineMode mode) {
    List<String> trees = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        Task<String> one = loop.createTask(() -> Waiting.inner(future), EAGER.withName("one"));
        Task<String> two = loop.createTask(() -> Waiting.inner(future), EAGER.withName("two"));
        Promise<String> both = loop.createFuture();
        one.addDoneCallback(new Edge<>(both));
        two.addDoneCallback(new Edge<>(both));
        Task<String> root = loop.createTask(() -> Waiting.outer(both), EAGER.withName("root"));
        loop.callSoon(() -> trees.add(CallGraph.formatTaskTree(loop)));
        Awaiter.yieldOnce();
        both.setResult("both");
        future.setResult("value");
        return root.await() + one.await() + two.await();
      });
      assertThat(CallGraph.formatTaskTree(loop)).isEmpty();
    }
    assertThat(trees.getFirst().replaceAll("java:\\d+", "java"))
        .endsWith(
            """
            └── (T) root
                └── org.example.waiting.Waiting.outer(Waiting.java)
                    └── org.example.waiting.Waiting.inner(Waiting.java)
                        ├── (T) one
                        │   └── org.example.waiting.Waiting.inner(Waiting.java)
                        └── (T) two
                            └── org.example.waiting.Waiting.inner(Waiting.java)\
            """)
        .startsWith("└── (T) Task-1\n");
  }

  @OnEachEngine
  void cyclesAreShownOnceAndEnd(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      List<Task<?>> circle = new ArrayList<>();
      Task<Object> first = loop.createTask(() -> circle.get(1).await(), TaskOptions.named("a"));
      Task<Object> second = loop.createTask(first::await, TaskOptions.named("b"));
      circle.addAll(List.of(first, second));
      String tree =
          loop.run(() -> {
            Awaiter.yieldOnce();
            return CallGraph.formatTaskTree(loop);
          });
      assertThat(tree.lines().filter(line -> line.contains("(T)")).map(String::strip))
          .satisfiesExactlyInAnyOrder(
              line -> assertThat(line).endsWith("Task-1"),
              line -> assertThat(line).endsWith("(T) a"),
              line -> assertThat(line).endsWith("(T) b"),
              line -> assertThat(line).endsWith("(T) a (cycle)"));
      assertThat(loop.abandon()).extracting(ErrorReport::message).hasSize(2);
    }
  }

  @Test
  void anotherThreadAsksThroughATask() throws Exception {
    try (TestLoop loop = TestLoop.onCarrier()) {
      Promise<String> release = loop.createFuture();
      Task<String> main = loop.createTask(release::await, TaskOptions.named("main"));
      Thread stranger =
          Thread.ofPlatform()
              .start(() -> {
                TestLoop.spinUntil(loop::isRunning);
                String tree =
                    Asyncio.runCoroutineThreadsafe(() -> CallGraph.formatTaskTree(loop), loop)
                        .join();
                loop.callSoonThreadsafe(() -> release.setResult(tree));
              });
      assertThat(loop.runUntilComplete(main)).contains("(T) main");
      stranger.join();
    }
  }

  @OnEachEngine
  void strangersAreRefusedWhileTheLoopRuns(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        List<Throwable> refusals = new ArrayList<>();
        Thread stranger =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    String ignored = CallGraph.formatTaskTree(loop);
                  } catch (WrongThreadException refused) {
                    refusals.add(refused);
                  }
                });
        stranger.join();
        assertThat(refusals).hasSize(1);
        return null;
      });
    }
    assertThatThrownBy(() -> CallGraph.formatTaskTree(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("loop");
  }
}
