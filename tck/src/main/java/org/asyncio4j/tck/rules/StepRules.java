package org.asyncio4j.tck.rules;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 6, part one: steps, outcomes, and what a task tells about itself. */
final class StepRules {

  private static final ContextVar<String> COLOUR = ContextVar.named("colour");

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  StepRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Creates a task between two callbacks.
   *
   * <p>If it fails: the constructor schedules the first step with {@code callSoon}.
   */
  @Rule("6.1")
  void aTaskBeginsInTheNextTick() {
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

  /**
   * Runs bodies that return a value and nothing.
   *
   * <p>If it fails: look at how a step ends that returns.
   */
  @Rule("6.2")
  void aTaskIsDoneWithWhatItsBodyReturns() {
    EventLoop loop = fixture.loop();
    Task<String> value = loop.createTask(() -> "value");
    Callable<@Nullable String> returnsNothing = () -> null;
    Task<@Nullable String> nothing = loop.createTask(returnsNothing);

    fixture.tick();

    Expect.equal("the result of a task", "value", value.result());
    Expect.equal("the exception of a task that returned", null, value.exception());
    Expect.equal("the result of a task that returned nothing", null, nothing.result());
  }

  /**
   * Has two tasks take turns by sleeping for no time.
   *
   * <p>If it fails: a yield schedules the next step like a callback.
   */
  @Rule("6.3")
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

  /**
   * Has a task await itself.
   *
   * <p>If it fails: compare the awaited future with the task before it is suspended.
   */
  @Rule("6.4")
  void awaitingItselfIsRefused() {
    AtomicReference<@Nullable Task<String>> own = new AtomicReference<>();
    Task<String> task =
        fixture
            .loop()
            .createTask(() -> {
              IllegalStateException ignored =
                  Expect.thrown(
                      IllegalStateException.class, "await of the own task", () -> awaitHeld(own));
              return "went on";
            });
    own.set(task);

    fixture.tickUntilDone("the task", task);

    Expect.equal("what the task does afterwards", "went on", task.result());
  }

  /**
   * Runs bodies that throw errors, checked and unchecked exceptions.
   *
   * <p>If it fails: catch {@code Throwable} around the step, and store it itself.
   */
  @Rule("6.15")
  void whateverABodyThrowsIsStored() {
    for (Throwable failure :
        List.of(
            new IOException("on purpose"),
            new IllegalArgumentException("on purpose"),
            new AssertionError("on purpose"),
            new StackOverflowError("on purpose"),
            new InterruptedException("on purpose"))) {
      Task<String> task = fixture.loop().createTask(() -> throwIt(failure));

      fixture.tickUntilDone("a task that throws " + failure, task);

      Expect.same("the exception of a task", failure, task.exception());
      Expect.that("a failed task must not be cancelled", !task.isCancelled());
    }
  }

  /**
   * Runs a body that throws {@code CancelledError} although nobody cancelled it.
   *
   * <p>If it fails: tell {@code CancelledError} from other failures when a step ends.
   */
  @Rule("6.16")
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

  /**
   * Creates tasks with and without a name, and renames one.
   *
   * <p>If it fails: take the name from the options; count for the others.
   */
  @Rule("6.20")
  void aTaskHasAName() {
    EventLoop loop = fixture.loop();
    AtomicReference<Optional<String>> inFirstStep = new AtomicReference<>(Optional.empty());
    Callable<Boolean> look =
        () -> {
          inFirstStep.set(loop.currentTask().map(Task::name));
          return true;
        };
    Task<Boolean> named = loop.createTask(look, TaskOptions.named("reader"));
    Task<Boolean> one = loop.createTask(() -> true);
    Task<Boolean> other = loop.createTask(() -> true);

    Expect.equal("the name of a task that was given one", "reader", named.name());
    Expect.that("two generated names must differ", !one.name().equals(other.name()));
    one.setName("writer");
    Expect.equal("the name of a task that was renamed", "writer", one.name());
    fixture.tick();
    Expect.equal("the name in the first step", Optional.of("reader"), inFirstStep.get());
  }

  /**
   * Runs bodies in a given context and in a copy, across a suspension.
   *
   * <p>If it fails: run each step in the task's one context, copied in its constructor.
   */
  @Rule("6.21")
  void aBodyRunsInItsContext() {
    EventLoop loop = fixture.loop();
    Context given = Context.empty();
    COLOUR.set("red");
    Callable<Boolean> body =
        () -> {
          trace.add(COLOUR.value().orElse("none"));
          COLOUR.set("blue");
          Asyncio.sleep(Duration.ZERO);
          trace.add(COLOUR.get());
          return true;
        };
    Task<Boolean> inCopy = loop.createTask(body);
    Task<Boolean> inGiven = loop.createTask(body, TaskOptions.defaults().withContext(given));
    COLOUR.set("green");

    fixture.tickUntilDone("the task", inCopy);
    fixture.tickUntilDone("the task", inGiven);

    trace.expect("what the bodies see", "red", "none", "blue", "blue");
    Expect.equal("what the body set in the given context", "blue", given.get(COLOUR));
    Expect.same("the context of the task", given, inGiven.context());
    Expect.equal("what the creator sees", "green", COLOUR.get());
  }

  /**
   * Asks a task for its stack when it waits, when it has failed, and when it is done.
   *
   * <p>If it fails: ask the coroutine while it is suspended, and the exception when it has failed.
   */
  @Rule("6.22")
  void aTaskKnowsWhereItsBodyIs() {
    EventLoop loop = fixture.loop();
    Promise<String> future = loop.createFuture();
    Task<String> waits = loop.createTask(() -> waitHere(future));
    Task<String> fails = loop.createTask(() -> failHere("on purpose"));
    fixture.tick();

    expectFrame("the stack of a suspended task", waits, "waitHere");
    expectFrame("the stack of a failed task", fails, "failHere");
    Expect.that("the failure must be there", fails.exception() != null);

    future.setResult("value");
    fixture.tickUntilDone("the task", waits);
    Expect.equal("the stack of a task that has returned", List.of(), waits.stack());
  }

  /**
   * Adds a done callback that throws.
   *
   * <p>If it fails: callbacks are handles of their own.
   */
  @Rule("6.23")
  void whatADoneCallbackThrowsDoesNotChangeTheTask() {
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

  /**
   * Drops a failed task that nobody looked at.
   *
   * <p>If it fails: as for futures; and let go of tasks that are done.
   */
  @Rule("6.24")
  void aFailureThatNobodyRetrievedIsReportedOnce() {
    IllegalArgumentException failure = new IllegalArgumentException("on purpose");
    createFailingTask(failure);
    fixture.tick();

    List<ErrorReport> reports = new ArrayList<>();
    fixture
        .patience()
        .untilCollected(
            "a failure that nobody retrieved must be reported",
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

  // In a method of its own, so that no local variable holds the task.
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

  private static String waitHere(Promise<String> future) {
    return future.await();
  }

  private static String failHere(String why) {
    throw new IllegalArgumentException(why);
  }

  private static void expectFrame(String what, Task<?> task, String method) {
    List<String> frames = task.stack().stream().map(StackTraceElement::getMethodName).toList();
    Expect.that(
        "%s must show %s (was %s)".formatted(what, method, frames), frames.contains(method));
  }

  private static String throwIt(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }
}
