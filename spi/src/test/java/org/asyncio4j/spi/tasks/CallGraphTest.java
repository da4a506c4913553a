package org.asyncio4j.spi.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
class CallGraphTest {

  private static final TaskOptions EAGER = TaskOptions.defaults().withEagerStart(true);

  @OnEachEngine
  void theGraphLeadsFromAFutureToItsLastAwaiter(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        Task<String> inner = loop.createTask(() -> Waiting.inner(future), EAGER);
        Promise<String> between = loop.createFuture();
        inner.addDoneCallback(new Edge<>(between));
        Task<String> outer = loop.createTask(() -> Waiting.outer(between), EAGER);
        Task<String> other = loop.createTask(() -> Waiting.inner(inner), EAGER);

        CallGraph graph = CallGraph.capture(future);

        assertThat(graph.future()).isSameAs(future);
        assertThat(graph.stack()).isEmpty();
        CallGraph ofInner = only(graph);
        assertThat(ofInner.future()).isSameAs(inner);
        assertThat(methods(ofInner)).startsWith("inner");
        assertThat(ofInner.awaitedBy()).hasSize(2);
        CallGraph ofBetween = ofInner.awaitedBy().getFirst();
        assertThat(ofBetween.future()).isSameAs(between);
        assertThat(ofBetween.stack()).isEmpty();
        CallGraph ofOuter = only(ofBetween);
        assertThat(ofOuter.future()).isSameAs(outer);
        assertThat(methods(ofOuter)).startsWith("inner", "outer");
        assertThat(ofOuter.awaitedBy()).isEmpty();
        assertThat(ofInner.awaitedBy().getLast().future()).isSameAs(other);

        future.setResult("value");
        assertThat(CallGraph.capture(future).awaitedBy()).isEmpty();
        between.setResult("value");
        assertThat(other.await() + outer.await()).isEqualTo("valuevalue");
        assertThat(CallGraph.capture(outer))
            .isEqualTo(new CallGraph(outer, List.of(), List.of(), false));
        return null;
      });
    }
  }

  @OnEachEngine
  void aFailedTaskIsNowhere(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<String> failed =
            loop.createTask(
                () -> {
                  throw new IllegalArgumentException("no");
                },
                EAGER);
        assertThat(failed.exception().orElseThrow()).hasMessage("no");
        assertThat(failed.stack()).isNotNull();
        assertThat(CallGraph.capture(failed).stack()).isEmpty();
        return null;
      });
    }
  }

  @OnEachEngine
  void theLimitKeepsInnermostOrOutermostFrames(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        Task<String> task = loop.createTask(() -> Waiting.outer(future), EAGER);
        List<StackTraceElement> all = CallGraph.capture(task).stack();
        assertThat(all).hasSizeGreaterThanOrEqualTo(2);

        assertThat(CallGraph.capture(task, 1).stack()).isEqualTo(all.subList(0, 1));
        assertThat(CallGraph.capture(task, 100).stack()).isEqualTo(all);
        assertThat(CallGraph.capture(task, 0).stack()).isEmpty();
        assertThat(CallGraph.capture(task, -1).stack())
            .isEqualTo(all.subList(all.size() - 1, all.size()));
        assertThat(CallGraph.capture(task, Integer.MIN_VALUE).stack()).isEqualTo(all);
        assertThat(only(CallGraph.capture(future, 1)).stack()).hasSize(1);
        future.setResult("value");
        return task.await();
      });
    }
  }

  @OnEachEngine
  void theCurrentTaskIsAtTheCall(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<CallGraph> asks =
            loop.createTask(
                () -> Waiting.asking(() -> Waiting.asking(CallGraph::capture).orElseThrow()));
        Task<CallGraph> waits = loop.createTask(() -> Waiting.inner(asks), EAGER);

        CallGraph graph = waits.await();

        assertThat(graph.future()).isSameAs(asks);
        assertThat(methods(graph)).startsWith("asking").containsSubsequence("asking", "asking");
        assertThat(only(graph).future()).isSameAs(waits);
        assertThat(methods(only(graph))).startsWith("inner");
        return null;
      });
    }
  }

  /** Its creator is on the stack: not suspended, and not the one that runs. */
  @OnEachEngine
  void anEagerChildSeesWhereItsCreatorIs(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Task<?> creator = loop.currentTask().orElseThrow();
        Task<CallGraph> child =
            Waiting.asking(() -> loop.createTask(() -> CallGraph.capture(creator), EAGER));
        assertThat(methods(child.result())).startsWith("asking");
        Awaiter.yieldOnce();
        return null;
      });
    }
  }

  @OnEachEngine
  void callbacksHaveNoGraph(CoroutineMode mode) {
    List<Object> seen = new ArrayList<>();
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        loop.callSoon(() -> {
          seen.add(CallGraph.capture());
          seen.add(CallGraph.format());
        });
        Awaiter.yieldOnce();
        return null;
      });
    }
    assertThat(seen).containsExactly(Optional.empty(), "");
  }

  @Test
  void whereNoLoopRunsAFutureMustBeGiven() {
    assertThatThrownBy(CallGraph::capture)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no running event loop on ");
    assertThatThrownBy(CallGraph::format)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no running event loop on ");
    assertThatThrownBy(() -> CallGraph.print(System.out)).isInstanceOf(IllegalStateException.class);
    try (TestLoop loop = TestLoop.onCarrier()) {
      Promise<String> future = loop.createFuture();
      assertThat(CallGraph.capture(future))
          .isEqualTo(new CallGraph(future, List.of(), List.of(), false));
    }
  }

  @OnEachEngine
  void aCycleIsMarkedWhereItCloses(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      List<Task<?>> circle = new ArrayList<>();
      Task<Object> first = loop.createTask(() -> circle.get(1).await(), TaskOptions.named("a"));
      Task<Object> second = loop.createTask(() -> Waiting.inner(first), TaskOptions.named("b"));
      circle.addAll(List.of(first, second));
      loop.run(() -> {
        Awaiter.yieldOnce();
        CallGraph graph = CallGraph.capture(first);
        assertThat(graph.cycle()).isFalse();
        assertThat(only(graph).future()).isSameAs(second);
        assertThat(only(graph).cycle()).isFalse();
        CallGraph end = only(only(graph));
        assertThat(end.future()).isSameAs(first);
        assertThat(end.cycle()).isTrue();
        assertThat(end.awaitedBy()).isEmpty();
        assertThat(CallGraph.format(first))
            .containsSubsequence("name='a'", "name='b'", "name='a'", "(cycle)");
        return null;
      });
      assertThat(loop.abandon()).extracting(ErrorReport::message).hasSize(2);
    }
  }

  @Test
  void aCycleCannotContinue() {
    try (TestLoop loop = TestLoop.onCarrier()) {
      Promise<String> future = loop.createFuture();
      CallGraph plain = new CallGraph(future, List.of(), List.of(), false);
      assertThatThrownBy(() -> new CallGraph(future, List.of(), List.of(plain), true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("awaitedBy");
    }
  }

  @OnEachEngine
  void theTextIsThatOfAsyncio(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        Task<String> inner =
            loop.createTask(() -> Waiting.inner(future), EAGER.withName("inner task"));
        Task<String> outer =
            loop.createTask(() -> Waiting.outer(inner), EAGER.withName("outer task"));

        String text = CallGraph.format(future, 1).replaceAll("id=0x\\w+", "id");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        CallGraph.print(future, new PrintStream(printed, true, StandardCharsets.UTF_8));

        int line = CallGraph.capture(inner, 1).stack().getFirst().getLineNumber();
        String frame = "org.example.waiting.Waiting.inner(Waiting.java:%d)".formatted(line);
        assertThat(text)
            .isEqualTo(
                """
                * Future(id)
                  + Awaited by:
                    * Task(name='inner task', id)
                      + Call stack:
                      |   at FRAME
                      + Awaited by:
                        * Task(name='outer task', id)
                          + Call stack:
                          |   at FRAME\
                """
                    .replace("FRAME", frame));
        assertThat(printed.toString(StandardCharsets.UTF_8))
            .isEqualTo(CallGraph.format(future) + System.lineSeparator());
        future.setResult("value");
        return outer.await();
      });
    }
  }

  @OnEachEngine
  void strangersAreRefusedWhileTheLoopRuns(CoroutineMode mode) {
    try (TestLoop loop = TestLoop.on(mode)) {
      List<Throwable> refusals = new ArrayList<>();
      loop.run(() -> {
        Promise<String> future = loop.createFuture();
        Thread stranger =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    CallGraph ignored = CallGraph.capture(future);
                  } catch (WrongThreadException refused) {
                    refusals.add(refused);
                  }
                });
        stranger.join();
        return null;
      });
      assertThat(refusals).hasSize(1);
    }
  }

  private static CallGraph only(CallGraph graph) {
    assertThat(graph.awaitedBy()).hasSize(1);
    return graph.awaitedBy().getFirst();
  }

  private static List<String> methods(CallGraph graph) {
    return graph.stack().stream().map(StackTraceElement::getMethodName).toList();
  }
}
