package org.asyncio4j.tck.rules.tasks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 6, part one: steps and outcomes. */
final class StepRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  StepRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Creates a task between two callbacks. */
  @Rule("6.1")
  @Hint("Schedule the first step in the constructor, with `callSoon`.")
  void aTaskStartsInTheNextTick() {
    EventLoop loop = fixture.loop();
    loop.callSoon(trace.adding("before"));
    Task<Boolean> task =
        loop.createTask(() -> {
          trace.add("task");
          return true;
        });
    loop.callSoon(trace.adding("after"));
    trace.expect("what runs within createTask");

    fixture.tick();

    trace.expect("the order of the first tick", "before", "task", "after");
    fixture.tickUntilDone("the task", task);
  }

  /** Runs bodies that return a value and {@code null}. */
  @Rule("6.2")
  @Hint("Check how a step ends when the body returns.")
  void aTaskHasTheResultOfItsBody() {
    EventLoop loop = fixture.loop();
    Task<String> value = loop.createTask(() -> "value");
    Callable<@Nullable String> returnsNothing = () -> null;
    Task<@Nullable String> nothing = loop.createTask(returnsNothing);

    fixture.tick();

    Expect.equal("the result of a task", "value", value.result());
    Expect.equal("the exception of a task that returned", Optional.empty(), value.exception());
    Expect.equal("the result of a task that returned nothing", null, nothing.result());
  }

  /** Makes two tasks take turns by sleeping for zero. */
  @Rule("6.3")
  @Hint("A yield must schedule the next step like a callback.")
  void sleepOfZeroLetsOthersRunOnce() {
    EventLoop loop = fixture.loop();
    List<Task<Boolean>> tasks = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      tasks.add(
          loop.createTask(() -> {
            trace.add(name + 1);
            Asyncio.sleep(Duration.ZERO);
            trace.add(name + 2);
            return true;
          }));
    }

    fixture.tick();
    trace.expect("what the first tick runs", "a1", "b1");
    fixture.tick();

    trace.expect("what two ticks run", "a1", "b1", "a2", "b2");
    tasks.forEach(task -> fixture.tickUntilDone("the task", task));
  }

  /** Makes a task await itself. */
  @Rule("6.4")
  @Hint("Compare the awaited future with the task before it is suspended.")
  void awaitingItselfIsRefused() {
    AtomicReference<@Nullable Task<String>> own = new AtomicReference<>();
    Task<String> task =
        fixture
            .loop()
            .createTask(() -> {
              Expect.thrown(
                  IllegalStateException.class, "await of the own task", () -> awaitHeld(own));
              return "went on";
            });
    own.set(task);

    fixture.tickUntilDone("the task", task);

    Expect.equal("what the task does afterwards", "went on", task.result());
  }

  /** Runs bodies that throw errors, checked and unchecked exceptions. */
  @Rule("6.15")
  @Hint("Catch `Throwable` around the step, and store that same object.")
  void anyExceptionOfABodyIsStored() {
    for (Throwable failure :
        List.of(
            new IOException("on purpose"),
            new IllegalArgumentException("on purpose"),
            new AssertionError("on purpose"),
            new StackOverflowError("on purpose"),
            new InterruptedException("on purpose"))) {
      Task<String> task = fixture.loop().createTask(() -> throwIt(failure));

      fixture.tickUntilDone("a task that throws " + failure, task);

      Expect.same("the exception of a task", failure, task.exception().orElse(null));
      Expect.that("a failed task must not be cancelled", !task.isCancelled());
    }
  }

  /** Runs a body that throws {@code CancelledError} although it was not cancelled. */
  @Rule("6.16")
  @Hint("Distinguish `CancelledError` from other failures when a step ends.")
  void aBodyThatThrowsCancelledErrorIsCancelled() {
    Task<String> task =
        fixture
            .loop()
            .createTask(() -> {
              throw new CancelledError("by itself");
            });

    fixture.tickUntilDone("the task", task);

    Expect.that("a task that throws CancelledError must be cancelled", task.isCancelled());
    CancelledError error =
        Expect.thrown(CancelledError.class, "result of a cancelled task", task::result);
    Expect.equal("the message of the error", "by itself", error.getMessage());
  }

  /** Adds a done callback that throws. */
  @Rule("6.23")
  @Hint("Use a separate handle for each callback.")
  void anExceptionOfADoneCallbackDoesNotChangeTheTask() {
    Task<String> task = fixture.loop().createTask(() -> "value");
    IllegalArgumentException failure = new IllegalArgumentException("on purpose");
    task.addDoneCallback(_ -> {
      throw failure;
    });

    fixture.tick();
    fixture.tick();

    ErrorReport report = fixture.takeReport("a done callback that throws");
    Expect.same("the exception of the report", failure, report.exception().orElse(null));
    Expect.equal("the result of the task", "value", task.result());
  }

  /** Drops a failed task whose exception was not retrieved. */
  @Rule("6.24")
  @Hint("Do as for futures, and release tasks that are done.")
  void anUnretrievedFailureIsReportedOnce() {
    IllegalArgumentException failure = new IllegalArgumentException("on purpose");
    createFailingTask(failure);
    fixture.tick();

    List<ErrorReport> reports = new ArrayList<>();
    fixture
        .patience()
        .untilCollected(
            "an unretrieved failure must be reported",
            () -> {
              fixture.tick();
              fixture.pollReport().ifPresent(reports::add);
              return !reports.isEmpty();
            });

    Expect.same(
        "the exception of the report", failure, reports.getFirst().exception().orElse(null));
    System.gc();
    fixture.tick();
    Expect.equal("a second report", Optional.empty(), fixture.pollReport());
  }

  // In a separate method, so that no local variable holds the task.
  private void createFailingTask(RuntimeException failure) {
    Task<String> ignored =
        fixture
            .loop()
            .createTask(() -> {
              throw failure;
            });
  }

  private static void awaitHeld(AtomicReference<@Nullable Task<String>> held) {
    Task<String> task = held.get();
    if (task != null) {
      String ignored = task.await();
    }
  }

  private static String throwIt(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }
}
