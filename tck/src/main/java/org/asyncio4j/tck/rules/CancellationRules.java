package org.asyncio4j.tck.rules;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 6, part two: cancellation. */
final class CancellationRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  CancellationRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Cancels a task that was just created.
   *
   * <p>If it fails: the first step must look for a request before it starts the body.
   */
  @Rule("6.5")
  void aTaskThatIsCancelledBeforeItsFirstStepNeverRuns() {
    Task<String> task = create(() -> note("body"));

    Expect.that("cancel of a new task must return true", task.cancel());
    fixture.tickUntilDone("a cancelled task", task);

    Expect.that("the task must be cancelled", task.isCancelled());
    trace.expect("what ran of the body");
  }

  /**
   * Cancels a task that waits, and that waits again while it cleans up.
   *
   * <p>If it fails: {@code cancel} only takes note; the end of the body decides.
   */
  @Rule("6.6")
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

  /**
   * Cancels a task that waits for a future.
   *
   * <p>If it fails: pass {@code cancel} on to the future that the task waits for.
   */
  @Rule("6.7")
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
   * Cancels a task that waits for another, which gives in, and for one that refuses.
   *
   * <p>If it fails: the outer task sees what becomes of the inner one, not the request itself.
   */
  @Rule("6.8")
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

  /**
   * Has a task cancel itself, go on for a while, then await.
   *
   * <p>If it fails: raise the error at the next suspension, nowhere else.
   */
  @Rule("6.9")
  void aTaskThatCancelsItselfSeesItAtItsNextAwait() {
    Promise<String> pending = newFuture();
    Task<String> task =
        create(() -> {
          cancelOwn();
          note("goes on");
          return pending.await();
        });

    fixture.tickUntilDone("a task that cancels itself", task);

    trace.expect("what the body does after cancel", "goes on");
    Expect.that("the task must be cancelled", task.isCancelled());
  }

  /**
   * Has a task cancel itself and return.
   *
   * <p>If it fails: look for a request when the body returns.
   */
  @Rule("6.10")
  void aTaskThatCancelsItselfAndReturnsIsCancelled() {
    Task<String> task =
        create(() -> {
          cancelOwn();
          return "value";
        });

    fixture.tickUntilDone("a task that cancels itself", task);

    Expect.that("the task must be cancelled", task.isCancelled());
  }

  /**
   * Cancels a task that swallows the first cancellation, twice.
   *
   * <p>If it fails: forget a request once it was delivered, so that the next counts.
   */
  @Rule("6.11")
  void aSecondCancellationIsDeliveredAgain() {
    Promise<String> first = newFuture();
    Promise<String> second = newFuture();
    Task<String> task =
        create(() -> {
          note(refuse(first));
          return second.await();
        });
    fixture.tick();

    task.cancel();
    fixture.tick();
    fixture.tick();
    trace.expect("what the body does", "refused");
    Expect.that("a task that refuses must not be done", !task.isDone());
    task.cancel();
    fixture.tickUntilDone("a task that is cancelled again", task);

    Expect.that("the task must be cancelled", task.isCancelled());
  }

  /**
   * Counts requests.
   *
   * <p>If it fails: count in {@code cancel}, also when a request is there already.
   */
  @Rule("6.12")
  void requestsForCancellationAreCounted() {
    Promise<String> never = newFuture();
    Task<String> task = create(() -> refuse(never));
    fixture.tick();
    Expect.equal("the requests at first", 0, task.cancelling());

    task.cancel();
    task.cancel();

    Expect.equal("the requests after two calls of cancel", 2, task.cancelling());
    Expect.equal("the answer of uncancel", 1, task.uncancel());
    Expect.equal("the answer of the second uncancel", 0, task.uncancel());
    Expect.equal("the answer of a third uncancel", 0, task.uncancel());
    fixture.tickUntilDone("the task", task);
  }

  /**
   * Has a task cancel itself, take that back, and await.
   *
   * <p>If it fails: forget the pending error when the last request is taken back.
   */
  @Rule("6.13")
  void uncancelRetractsACancellationThatWasNotSeen() {
    Task<String> task =
        create(() -> {
          Task<?> own = cancelOwn();
          Expect.equal("the answer of uncancel", 0, own.uncancel());
          Asyncio.sleep(Duration.ZERO);
          return "value";
        });

    fixture.tickUntilDone("a task that took its cancellation back", task);

    Expect.that("the task must not be cancelled", !task.isCancelled());
    Expect.equal("the result of the task", "value", task.result());
  }

  /**
   * Cancels tasks with messages, before and after their first step.
   *
   * <p>If it fails: keep the message with the request, and with the state.
   */
  @Rule("6.14")
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

  /**
   * Cancels tasks that are done.
   *
   * <p>If it fails: look at the state.
   */
  @Rule("6.17")
  void aDoneTaskCannotBeCancelled() {
    Task<String> task = create(() -> "value");
    fixture.tickUntilDone("the task", task);

    Expect.that("cancel of a done task must return false", !task.cancel());

    Expect.equal("the result of the task", "value", task.result());
    Expect.equal("the requests of a done task", 0, task.cancelling());
  }

  /**
   * Awaits a task that is cancelled by somebody else.
   *
   * <p>If it fails: awaiting a cancelled future throws, whoever cancelled it.
   */
  @Rule("6.18")
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

  /**
   * Completes the awaited future, then cancels the task before it goes on.
   *
   * <p>If it fails: a step that is scheduled already must raise the error all the same.
   */
  @Rule("6.19")
  void aCancellationThatComesWithTheResultIsNotLost() {
    Promise<String> future = newFuture();
    Task<String> task = create(future::await);
    fixture.tick();

    future.setResult("value");
    boolean accepted = task.cancel();
    fixture.tickUntilDone("a task that is cancelled", task);

    Expect.that("cancel of a task that is about to go on must return true", accepted);
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

  private Task<?> cancelOwn() {
    EventLoop loop = fixture.loop();
    Task<?> own = loop.currentTask().orElseThrow();
    boolean accepted = own.cancel();
    Expect.that("cancel of the current task must return true", accepted);
    return own;
  }

  private static String refuse(Promise<String> future) {
    try {
      return future.await();
    } catch (CancelledError refused) {
      return "refused";
    }
  }
}
