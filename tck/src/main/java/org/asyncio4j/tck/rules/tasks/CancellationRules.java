package org.asyncio4j.tck.rules.tasks;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 6, part three: the effects of a cancellation. */
final class CancellationRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  CancellationRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Cancels a task that was just created. */
  @Rule("6.5")
  @Hint("The first step must check for a request before it starts the body.")
  void aTaskThatIsCancelledBeforeItsFirstStepNeverRuns() {
    Task<String> task = create(() -> note("body"));

    Expect.that("cancel of a new task must return true", task.cancel());
    fixture.tickUntilDone("a cancelled task", task);

    Expect.that("the task must be cancelled", task.isCancelled());
    trace.expect("what ran of the body");
  }

  /** Cancels a task that waits, and that waits again while it cleans up. */
  @Rule("6.6")
  @Hint("`cancel` only records the request; the end of the body decides.")
  void aTaskIsCancelledWhenItsBodyHasEnded() {
    Promise<String> never = newFuture();
    Task<String> task =
        create(() -> {
          try {
            return never.await();
          } finally {
            Asyncio.sleep(Duration.ZERO);
            note("cleaned up");
          }
        });
    fixture.tick();

    boolean accepted = task.cancel();
    Expect.that("cancel of a pending task must return true", accepted);
    Expect.that("a task must not be done before its body has ended", !task.isDone());
    fixture.tickUntilDone("a cancelled task", task);

    trace.expect("what the body does", "cleaned up");
    Expect.that("the task must be cancelled", task.isCancelled());
  }

  /** Cancels a task that waits for a future. */
  @Rule("6.7")
  @Hint("Pass `cancel` on to the future that the task waits for.")
  void cancellingATaskCancelsTheFutureThatItWaitsFor() {
    Promise<String> future = newFuture();
    Task<String> task = create(future::await);
    fixture.tick();

    boolean accepted = task.cancel();

    Expect.that("cancel of a waiting task must return true", accepted);
    Expect.that("the awaited future must be cancelled", future.isCancelled());
    fixture.tickUntilDone("a cancelled task", task);
  }

  /**
   * Cancels a task that waits for one that accepts the cancellation, and one that waits for one
   * that refuses it.
   */
  @Rule("6.8")
  @Hint("The outer task must see the outcome of the inner one, not the request itself.")
  void anInnerTaskDecidesWhatACancellationDoes() {
    Promise<String> never = newFuture();
    Task<String> obedient = create(never::await);
    Task<String> outer = create(obedient::await);
    Promise<String> neverAgain = newFuture();
    Task<String> stubborn = create(() -> refuse(neverAgain));
    Task<String> patient = create(stubborn::await);
    fixture.tick();
    fixture.tick();

    outer.cancel();
    patient.cancel();
    fixture.tickUntilDone("the outer task", outer);
    fixture.tickUntilDone("the task that waits for one that refuses", patient);

    Expect.that("the inner task must be cancelled", obedient.isCancelled());
    Expect.that("the outer task must be cancelled", outer.isCancelled());
    Expect.equal("the result of the inner task that refused", "refused", stubborn.result());
    Expect.equal("the result of the outer task", "refused", patient.result());
  }

  /** Cancels tasks with messages, before and after their first step. */
  @Rule("6.14")
  @Hint("Keep the message with the request, and with the state.")
  void theMessageReachesBodyAndAwaiter() {
    Promise<String> never = newFuture();
    Task<String> task =
        create(() -> {
          try {
            return never.await();
          } catch (CancelledError error) {
            note("body " + error.getMessage());
            throw error;
          }
        });
    Task<String> awaiter =
        create(() -> {
          CancelledError error =
              Expect.thrown(CancelledError.class, "await of a cancelled task", task::await);
          return note("awaiter " + error.getMessage());
        });
    fixture.tick();

    task.cancel("no time");
    fixture.tickUntilDone("the task that awaits", awaiter);

    trace.expect("the messages", "body no time", "awaiter no time");
  }

  /** Cancels tasks that are done. */
  @Rule("6.17")
  @Hint("Check the state.")
  void aDoneTaskCannotBeCancelled() {
    Task<String> task = create(() -> "value");
    fixture.tickUntilDone("the task", task);

    Expect.that("cancel of a done task must return false", !task.cancel());

    Expect.equal("the result of the task", "value", task.result());
    Expect.equal("the requests of a done task", 0, task.cancelling());
  }

  /** Awaits a task that other code cancels. */
  @Rule("6.18")
  @Hint("Awaiting a cancelled future must throw, independent of who cancelled it.")
  void awaitingACancelledTaskThrows() {
    Promise<String> never = newFuture();
    Task<String> inner = create(never::await);
    Task<String> outer = create(inner::await);
    fixture.tick();

    inner.cancel();
    fixture.tickUntilDone("the outer task", outer);

    Expect.that("a task that lets the error through must be cancelled", outer.isCancelled());
    Expect.equal("the requests for the outer task", 0, outer.cancelling());
  }

  /** Completes the awaited future, then cancels the task before it continues. */
  @Rule("6.19")
  @Hint("A step that is already scheduled must still raise the error.")
  void aCancellationThatComesWithTheResultIsNotLost() {
    Promise<String> future = newFuture();
    Task<String> task = create(future::await);
    fixture.tick();

    future.setResult("value");
    boolean accepted = task.cancel();
    fixture.tickUntilDone("a task that is cancelled", task);

    Expect.that("cancel of a task that is about to continue must return true", accepted);
    Expect.that("the task must be cancelled", task.isCancelled());
  }

  private Task<String> create(Callable<String> body) {
    return fixture.loop().createTask(body);
  }

  private Promise<String> newFuture() {
    return fixture.loop().createFuture();
  }

  private String note(String event) {
    trace.add(event);
    return event;
  }

  private String refuse(Promise<String> future) {
    try {
      return future.await();
    } catch (CancelledError refused) {
      int left = fixture.loop().currentTask().orElseThrow().uncancel();
      Expect.equal("the number of requests that are left", 0, left);
      return "refused";
    }
  }
}
