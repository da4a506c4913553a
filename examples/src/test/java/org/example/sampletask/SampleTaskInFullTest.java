package org.example.sampletask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.Asyncio;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tasks.CallGraph;
import org.example.asyncchannel.AsyncChannelLoopProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests sample tasks together with built-in tasks in one loop. */
@Timeout(60)
final class SampleTaskInFullTest {

  private static final TaskOptions EAGER = TaskOptions.defaults().withEagerStart(true);

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void theyAwaitEachOtherAndReportTheirEnd(CoroutineMode engine) throws Exception {
    run(
        engine,
        loop -> {
          Promise<String> future = loop.createFuture();
          Task<String> innermost = sample(loop, future::await);
          Task<String> middle = builtin(loop, innermost::await);
          Task<String> outermost = sample(loop, middle::await);
          List<Object> seen = new ArrayList<>();
          innermost.addDoneCallback(done -> {
            seen.add(done == innermost);
            seen.add(loop.currentTask());
            seen.add(loop.allTasks().contains(innermost));
          });
          future.setResult("value");
          assertThat(outermost.await()).isEqualTo("value");
          assertThat(seen).containsExactly(true, Optional.empty(), false);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void aCancellationGoesThroughBothKinds(CoroutineMode engine) throws Exception {
    run(
        engine,
        loop -> {
          Promise<String> never = loop.createFuture();
          Task<String> innermost = sample(loop, never::await, EAGER);
          Task<String> middle = builtin(loop, innermost::await, EAGER);
          Task<String> outermost = sample(loop, middle::await, EAGER);
          assertThat(outermost.cancel("enough")).isTrue();
          assertThatThrownBy(outermost::await)
              .isInstanceOf(CancelledError.class)
              .hasMessage("enough");
          assertThat(never.isCancelled()).isTrue();
          assertThat(innermost.cancelling() + middle.cancelling()).isEqualTo(2);
          assertThat(outermost.cancel()).isFalse();

          Task<String> returns =
              sample(
                  loop,
                  () -> {
                    assertThat(Asyncio.currentTask().orElseThrow().cancel("by itself")).isTrue();
                    return "lost";
                  });
          assertThatThrownBy(returns::await).hasMessage("by itself");
          Task<Integer> relents =
              sample(
                  loop,
                  () -> {
                    Task<?> own = Asyncio.currentTask().orElseThrow();
                    assertThat(own.cancel()).isTrue();
                    int left = own.uncancel();
                    return builtin(loop, () -> left).await();
                  });
          assertThat(relents.await()).isZero();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void theyStartEagerlyWithinEachOther(CoroutineMode engine) throws Exception {
    run(
        engine,
        loop -> {
          Task<?> creator = loop.currentTask().orElseThrow();
          Promise<String> future = loop.createFuture();
          List<Object> seen = new ArrayList<>();
          Task<String> outer =
              sample(
                  loop,
                  () -> {
                    Task<String> inner =
                        builtin(
                            loop,
                            () -> {
                              Task<String> innermost =
                                  sample(loop, future::await, EAGER.withName("innermost"));
                              seen.add(name(loop));
                              return innermost.await();
                            },
                            EAGER.withName("inner"));
                    seen.add(name(loop));
                    return inner.await();
                  },
                  EAGER.withName("outer"));
          assertThat(seen).containsExactly("inner", "outer");
          assertThat(loop.currentTask()).containsSame(creator);
          assertThat(loop.allTasks()).hasSize(4).contains(outer);
          future.setResult("value");
          assertThat(outer.await()).isEqualTo("value");
          assertThat(loop.allTasks()).containsExactly(creator);

          Task<String> ends = sample(loop, () -> name(loop), EAGER.withName("ends"));
          assertThat(ends.isDone()).isTrue();
          assertThat(ends.result()).isEqualTo("ends");
          ends.addDoneCallback(done -> seen.add("callback"));
          Task<String> fails =
              sample(
                  loop,
                  () -> {
                    throw new IllegalArgumentException("no");
                  },
                  EAGER);
          assertThat(fails.exception().orElseThrow()).hasMessage("no");
          assertThat(loop.currentTask()).containsSame(creator);
          assertThat(loop.allTasks()).containsExactly(creator);
          assertThat(seen).hasSize(2);
          Asyncio.sleep(Duration.ZERO);
          assertThat(seen).hasSize(3);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void aCallbackStartsThemEagerlyAndAStrangerCannot(CoroutineMode engine) throws Exception {
    run(
        engine,
        loop -> {
          Promise<String> asked = loop.createFuture();
          loop.callSoon(() -> {
            Task<String> ends = sample(loop, () -> name(loop), EAGER.withName("ends"));
            asked.setResult(ends.result() + loop.currentTask());
          });
          assertThat(asked.await()).isEqualTo("endsOptional.empty");

          Task<?> victim = loop.currentTask().orElseThrow();
          List<Throwable> refusals = new ArrayList<>();
          Thread stranger =
              Thread.ofPlatform()
                  .start(() -> {
                    try {
                      Task<String> ignored = sample(loop, () -> "never", EAGER);
                    } catch (WrongThreadException refused) {
                      refusals.add(refused);
                    }
                  });
          stranger.join();
          assertThat(refusals).hasSize(1);
          assertThat(loop.currentTask()).containsSame(victim);
          assertThat(loop.allTasks()).containsExactly(victim);
          Asyncio.sleep(Duration.ZERO);
        });
  }

  @Test
  void aLoopThatDoesNotRunStartsThemAsUsual() {
    try (EventLoop loop = open(CoroutineMode.CARRIER)) {
      Task<String> task = sample(loop, () -> "later", EAGER);
      assertThat(task.isDone()).isFalse();
      assertThat(loop.allTasks()).containsExactly(task);
      assertThat(loop.runUntilComplete(task)).isEqualTo("later");
    }
  }

  @Test
  void aBodyThatParksInItsFirstStepContinues() throws Exception {
    run(
        CoroutineMode.CARRIER,
        loop -> {
          CountDownLatch release = new CountDownLatch(1);
          Task<String> parks =
              sample(
                  loop,
                  () -> {
                    release.await();
                    return name(loop);
                  },
                  EAGER.withName("parks"));
          assertThat(parks.isDone()).isFalse();
          assertThat(loop.allTasks()).contains(parks);
          release.countDown();
          assertThat(parks.await()).isEqualTo("parks");
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIER", "HANDOFF"})
  void callGraphsLeadThroughBothKinds(CoroutineMode engine) throws Exception {
    run(
        engine,
        loop -> {
          Promise<String> future = loop.createFuture();
          Task<String> innermost = sample(loop, () -> waitFor(future), EAGER.withName("innermost"));
          Task<String> middle = builtin(loop, () -> waitFor(innermost), EAGER.withName("middle"));
          Task<String> outermost = sample(loop, () -> waitFor(middle), EAGER.withName("outermost"));

          assertThat(future.awaitedBy()).containsExactly(innermost);
          assertThat(innermost.awaitedBy()).containsExactly(middle);
          assertThat(middle.awaitedBy()).containsExactly(outermost);
          CallGraph graph = CallGraph.capture(future);
          for (Task<String> task : List.of(innermost, middle, outermost)) {
            graph = graph.awaitedBy().getFirst();
            assertThat(graph.future()).isSameAs(task);
            assertThat(graph.stack().getFirst().getMethodName()).isEqualTo("waitFor");
          }
          assertThat(CallGraph.formatTaskTree(loop))
              .containsSubsequence("(T) outermost", "waitFor", "(T) middle", "(T) innermost");
          Task<CallGraph> asks = sample(loop, () -> CallGraph.capture().orElseThrow(), EAGER);
          assertThat(asks.result().future()).isSameAs(asks);
          assertThat(asks.result().stack().getFirst().getClassName())
              .isEqualTo(SampleTaskInFullTest.class.getName());

          future.setResult("value");
          assertThat(outermost.await()).isEqualTo("value");
          assertThat(innermost.awaitedBy()).isEmpty();
        });
  }

  private static String waitFor(Future<String> future) {
    return future.await();
  }

  private static String name(EventLoop loop) {
    return loop.currentTask().orElseThrow().name();
  }

  private static <T> Task<T> sample(EventLoop loop, Callable<? extends T> body) {
    return sample(loop, body, TaskOptions.defaults());
  }

  private static <T> Task<T> sample(
      EventLoop loop, Callable<? extends T> body, TaskOptions options) {
    return new SampleTask<>((BaseEventLoop) loop, body, options);
  }

  private static <T> Task<T> builtin(EventLoop loop, Callable<? extends T> body) {
    return builtin(loop, body, TaskOptions.defaults());
  }

  private static <T> Task<T> builtin(
      EventLoop loop, Callable<? extends T> body, TaskOptions options) {
    return new BuiltinTask<>((BaseEventLoop) loop, body, options);
  }

  /** Code to run in a loop. */
  private interface Script {
    void play(EventLoop loop) throws Exception;
  }

  private static void run(CoroutineMode engine, Script script) throws Exception {
    ThrowingRunnable<Exception> body = () -> script.play(Asyncio.runningLoop());
    Asyncio.run(body, RunnerOptions.defaults().withLoopFactory(() -> open(engine)));
  }

  private static EventLoop open(CoroutineMode engine) {
    return new AsyncChannelLoopProvider().open(LoopContext.defaults().withCoroutines(engine));
  }
}
