package org.asyncio4j.spi.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.Runner;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.RunningLoop;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.junit.jupiter.api.Test;

/** The front door, on a loop without I/O. */
@HangGuard
class RunnerTest {

  private static final ContextVar<String> VARIABLE = ContextVar.named("variable");

  @OnEachEngine
  void aProgramRunsAndItsLoopIsClosed(CoroutineMode mode) {
    EventLoop[] loop = new EventLoop[1];
    String answer =
        Asyncio.run(
            () -> {
              loop[0] = Asyncio.runningLoop();
              Asyncio.sleep(Duration.ZERO);
              Asyncio.sleep(Duration.ofMillis(1));
              return "hello";
            },
            on(mode));
    assertThat(answer).isEqualTo("hello");
    assertThat(loop[0].isClosed()).isTrue();
  }

  @OnEachEngine
  void anExceptionOfTheProgramIsThrownUnchanged(CoroutineMode mode) {
    assertThatThrownBy(() ->
            Asyncio.run(
                () -> {
                  throw new IOException("on purpose");
                },
                on(mode)))
        .isInstanceOf(IOException.class)
        .hasMessage("on purpose");
  }

  @OnEachEngine
  void tasksAreCreatedNamedAndListed(CoroutineMode mode) {
    Asyncio.run(
        () -> {
          Task<?> self = Asyncio.currentTask().orElseThrow();
          Task<String> named = Asyncio.createTask(() -> "named", TaskOptions.named("mine"));
          Task<?> silent = Asyncio.createTask(() -> {});
          assertThat(named.name()).isEqualTo("mine");
          assertThat(Asyncio.allTasks()).containsExactlyInAnyOrder(self, named, silent);
          assertThat(named.await()).isEqualTo("named");
          assertThat(silent.await()).isNull();
        },
        on(mode));
  }

  @OnEachEngine
  void toThreadRunsElsewhereInACopyOfTheContext(CoroutineMode mode) {
    Asyncio.run(
        () -> {
          VARIABLE.set("of the task");
          String seen =
              Asyncio.toThread(() -> {
                assertThat(RunningLoop.runningLoop()).isNull();
                String value = VARIABLE.get();
                VARIABLE.set("of the thread");
                return value;
              });
          assertThat(seen).isEqualTo("of the task");
          assertThat(VARIABLE.get()).isEqualTo("of the task");
          assertThatThrownBy(() ->
                  Asyncio.toThread(() -> {
                    throw new IOException("on purpose");
                  }))
              .isInstanceOf(IOException.class);
        },
        on(mode));
  }

  @OnEachEngine
  void severalRunsShareTheLoopAndTheContext(CoroutineMode mode) {
    try (Runner runner = Runner.create(on(mode))) {
      EventLoop loop = runner.loop();
      runner.run(() -> {
        VARIABLE.set("of the first run");
      });
      String seen =
          runner.run(() -> {
            assertThat(Asyncio.runningLoop()).isSameAs(loop);
            return VARIABLE.get();
          });
      assertThat(seen).isEqualTo("of the first run");
    }
    assertThatThrownBy(VARIABLE::get).isInstanceOf(NoSuchElementException.class);
  }

  @OnEachEngine
  void closingCancelsRemainingTasksAndWaitsForThem(CoroutineMode mode) {
    List<String> seen = new ArrayList<>();
    List<ErrorReport> reports = new ArrayList<>();
    TestLoop loop = TestLoop.on(mode);
    loop.setExceptionHandler((source, report) -> reports.add(report));
    Runner runner = Runner.create(RunnerOptions.defaults().withLoopFactory(() -> loop));
    runner.run(() -> {
      Asyncio.createTask(() -> {
        try {
          loop.createFuture().await();
        } finally {
          Asyncio.sleep(Duration.ZERO);
          seen.add("cleaned up");
        }
      });
      Asyncio.createTask(() -> {
        try {
          loop.createFuture().await();
        } catch (CancelledError expected) {
          throw new IOException("while cleaning up");
        }
      });
      Asyncio.sleep(Duration.ZERO);
    });
    runner.close();
    assertThat(seen).containsExactly("cleaned up");
    assertThat(loop.isClosed()).isTrue();
    assertThat(reports)
        .singleElement()
        .satisfies(
            report -> assertThat(report.exception().orElseThrow()).hasMessage("while cleaning up"));
  }

  /** It must not cancel the closing itself, nor deadlock with it. */
  @OnEachEngine
  void closingWaitsForTasksThatCancelAndAwaitAllOthers(CoroutineMode mode) {
    List<String> seen = new ArrayList<>();
    Runner runner = Runner.create(on(mode));
    runner.run(() -> {
      Asyncio.createTask(() -> {
        try {
          Asyncio.runningLoop().createFuture().await();
        } finally {
          List<Task<?>> others = new ArrayList<>(Asyncio.allTasks());
          others.remove(Asyncio.currentTask().orElseThrow());
          others.forEach(Task::cancel);
          Asyncio.gatherOutcomes(others).await();
          seen.add("ended last");
        }
      });
      Asyncio.createTask(() -> {
        try {
          Asyncio.runningLoop().createFuture().await();
        } finally {
          for (int ticks = 0; ticks < 5; ticks++) {
            cleanUp();
          }
          seen.add("ended first");
        }
      });
      Asyncio.sleep(Duration.ZERO);
    });

    runner.close();

    assertThat(seen).containsExactly("ended first", "ended last");
  }

  private static void cleanUp() {
    try {
      Asyncio.sleep(Duration.ZERO);
    } catch (CancelledError again) {
      // A clean-up that may not be cut short.
    }
  }

  @OnEachEngine
  void closingWithinARunIsRefusedAndCancelsNothing(CoroutineMode mode) {
    try (Runner runner = Runner.create(on(mode))) {
      runner.run(() -> {
        assertThatThrownBy(runner::close)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("Runner.close");
        assertThat(Asyncio.currentTask().orElseThrow().cancelling()).isZero();
      });
    }
  }

  @OnEachEngine
  void aClosedRunnerRunsNothing(CoroutineMode mode) {
    Runner runner = Runner.create(on(mode));
    runner.close();
    assertThatThrownBy(() -> runner.run(() -> "never"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @OnEachEngine
  void aProgramInAProgramIsRefused(CoroutineMode mode) {
    Asyncio.run(
        () -> {
          assertThatThrownBy(() -> Asyncio.run(() -> "never", on(mode)))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("await a task instead");
          assertThatThrownBy(() -> Asyncio.runningLoop().runForever())
              .isInstanceOf(IllegalStateException.class);
        },
        on(mode));
  }

  @OnEachEngine
  void aMainTaskThatIsCancelledThrowsIt(CoroutineMode mode) {
    assertThatThrownBy(() ->
            Asyncio.run(
                () -> {
                  Asyncio.currentTask().orElseThrow().cancel("enough");
                  Asyncio.sleep(Duration.ofHours(1));
                },
                on(mode)))
        .isInstanceOf(CancelledError.class)
        .hasMessage("enough");
  }

  @Test
  void debugModeComesFromTheOptions() {
    try (Runner runner = Runner.create(on(CoroutineMode.CARRIER).withDebug(true))) {
      assertThat(runner.loop().isDebug()).isTrue();
    }
    try (Runner runner = Runner.create(on(CoroutineMode.CARRIER).withDebug(false))) {
      assertThat(runner.loop().isDebug()).isFalse();
    }
  }

  @Test
  void outsideALoopThereIsNoRunningLoop() {
    assertThatThrownBy(Asyncio::runningLoop)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "no running event loop on thread %s; call this from a task or callback, or pass a loop",
            Thread.currentThread().getName());
    assertThatThrownBy(() -> Asyncio.sleep(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(" is not a task; call this in a task, or use addDoneCallback");
  }

  private static RunnerOptions on(CoroutineMode mode) {
    return RunnerOptions.defaults().withLoopFactory(() -> TestLoop.on(mode));
  }
}
