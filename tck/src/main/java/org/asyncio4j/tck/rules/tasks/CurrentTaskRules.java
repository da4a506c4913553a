package org.asyncio4j.tck.rules.tasks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 5, part two: the current task. */
final class CurrentTaskRules {

  private final LoopFixture fixture;

  CurrentTaskRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Reads the current task in the first step and after each suspension. */
  @Rule("5.3")
  @Hint("Enter the task before each step, also before one that resumes it.")
  void aTaskIsCurrentInEachOfItsSteps() {
    EventLoop loop = fixture.loop();
    Promise<String> future = loop.createFuture();
    List<Optional<Task<?>>> seen = new ArrayList<>();
    Task<Boolean> task =
        loop.createTask(() -> {
          seen.add(loop.currentTask());
          Asyncio.sleep(Duration.ZERO);
          seen.add(loop.currentTask());
          future.await();
          seen.add(Asyncio.currentTask());
          return true;
        });
    loop.callLater(Duration.ofMillis(1), () -> future.setResult("value"));

    loop.runUntilComplete(task);

    Optional<Task<?>> own = Optional.of(task);
    Expect.equal("the current task in each step", List.of(own, own, own), seen);
    Expect.equal("the current task after the run", Optional.empty(), loop.currentTask());
  }

  /** Reads the current task in callbacks between the steps of a task. */
  @Rule("5.4")
  @Hint("Leave the task after each step, even if it fails.")
  void noTaskIsCurrentInCallbacks() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    loop.setExceptionHandler((_, _) -> trace.add("handler " + loop.currentTask()));
    fixture.runTask(() -> {
      loop.callSoon(() -> trace.add("callback " + loop.currentTask()));
      loop.callSoon(() -> {
        throw new IllegalArgumentException("on purpose");
      });
      Asyncio.sleep(Duration.ZERO);
      Asyncio.sleep(Duration.ZERO);
    });

    trace.expect("what callbacks see", "callback Optional.empty", "handler Optional.empty");
  }

  /** Reads the current tasks of two loops while a task of each runs. */
  @Rule("5.18")
  @Hint("Keep the current task in the loop, not in a static.")
  void eachLoopHasItsOwnCurrentTask() {
    EventLoop other = fixture.openLoop();
    EventLoop loop = fixture.loop();
    BackgroundLoop background = fixture.start(other);

    fixture.runTask(() -> {
      Optional<Task<?>> own = loop.currentTask();
      // Read at once: a task that waits for a result is not the current one in the meantime.
      boolean shown = other.currentTask().isPresent();
      boolean foreign = background.run(() -> other.currentTask().equals(own));
      boolean callback = background.call(() -> other.currentTask().isPresent());

      Expect.that("a loop must not show the current task of another", !shown);
      Expect.that("two loops must not share a current task", !foreign);
      Expect.that("a callback of another loop must have no current task", !callback);
      Expect.equal("the current task afterwards", own, loop.currentTask());
    });
  }

  /** Reads the current task from another thread while its step runs. */
  @Rule("5.19")
  @Hint("The current task must be visible to all threads.")
  void theCurrentTaskIsKnownOnAnyThread() {
    EventLoop loop = fixture.loop();
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean release = new AtomicBoolean();
    AtomicReference<Optional<Task<?>>> own = new AtomicReference<>(Optional.empty());
    Callable<Boolean> body =
        () -> {
          own.set(loop.currentTask());
          running.countDown();
          while (!release.get()) {
            Thread.onSpinWait();
          }
          return true;
        };
    fixture.start();
    loop.callSoonThreadsafe(() -> loop.createTask(body));
    try {
      fixture.patience().await("the task must run", running);
      Optional<Task<?>> seen = loop.currentTask();
      Expect.that("a task must be current in its step", own.get().isPresent());
      Expect.equal("the current task, seen from another thread", own.get(), seen);
    } finally {
      release.set(true);
    }
    fixture.patience().until("the task must end", () -> loop.allTasks().isEmpty());
  }
}
