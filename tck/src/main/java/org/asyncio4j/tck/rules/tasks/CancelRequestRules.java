package org.asyncio4j.tck.rules.tasks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 6, part four: requests for cancellation, which are counted and taken back. */
final class CancelRequestRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  CancelRequestRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Makes a task cancel itself, continue for a while, then await. */
  @Rule("6.9")
  @Hint("Raise the error at the next suspension, nowhere else.")
  void aTaskThatCancelsItselfSeesItAtItsNextAwait() {
    Promise<String> pending = newFuture();
    Task<String> task =
        create(() -> {
          cancelOwn();
          note("continues");
          return pending.await();
        });

    fixture.tickUntilDone("a task that cancels itself", task);

    trace.expect("what the body does after cancel", "continues");
    Expect.that("the task must be cancelled", task.isCancelled());
  }

  /** Makes a task cancel itself and return. */
  @Rule("6.10")
  @Hint("Check for a request when the body returns.")
  void aTaskThatCancelsItselfAndReturnsIsCancelled() {
    Task<String> task =
        create(() -> {
          cancelOwn();
          return "value";
        });

    fixture.tickUntilDone("a task that cancels itself", task);

    Expect.that("the task must be cancelled", task.isCancelled());
  }

  /** Cancels a task that swallows the first cancellation, twice. */
  @Rule("6.11")
  @Hint("Forget a request once it was delivered, so that the next counts.")
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

  /** Counts requests. */
  @Rule("6.12")
  @Hint("Count in `cancel`, also if there is a request already.")
  void requestsForCancellationAreCounted() {
    Promise<String> never = newFuture();
    Task<String> task = create(() -> refuse(never));
    fixture.tick();
    Expect.equal("the requests at first", 0, task.cancelling());

    task.cancel();
    task.cancel();

    Expect.equal("the requests after two calls of cancel", 2, task.cancelling());
    Expect.equal("the result of uncancel", 1, task.uncancel());
    Expect.equal("the result of the second uncancel", 0, task.uncancel());
    Expect.equal("the result of a third uncancel", 0, task.uncancel());
    fixture.tickUntilDone("the task", task);
  }

  /** Makes a task cancel itself, take the request back, and await. */
  @Rule("6.13")
  @Hint("Forget the pending error when the last request is taken back.")
  void uncancelRetractsACancellationThatWasNotSeen() {
    Task<String> task =
        create(() -> {
          Task<?> own = cancelOwn();
          Expect.equal("the result of uncancel", 0, own.uncancel());
          Asyncio.sleep(Duration.ZERO);
          return "value";
        });

    fixture.tickUntilDone("a task that took its cancellation back", task);

    Expect.that("the task must not be cancelled", !task.isCancelled());
    Expect.equal("the result of the task", "value", task.result());
  }

  /** Cancels tasks that wait for a future, three times each before their next step. */
  @Rule("6.50")
  @Hint(
      "Let the first request cancel the future; count the others, but keep the message of the"
          + " future.")
  void ofSeveralMessagesATaskThatWaitsSeesTheFirst() {
    for (int round = 0; round < 2; round++) {
      Promise<String> never = newFuture();
      Task<String> task = create(() -> noteMessage(never::await));
      fixture.tick();

      cancelThreeTimes(task);
      fixture.tickUntilDone("a task that waits for a future", task);

      expectMessage(task, "first");
    }
    trace.expect("the messages that the bodies see", "first", "first");
  }

  /**
   * Cancels tasks that wait for no future three times before their next step: one that has not
   * begun, one that is ready to continue, one whose future is done, and one that cancels itself.
   */
  @Rule("6.51")
  @Hint("Let a request replace the message of one that was not delivered yet.")
  void ofSeveralMessagesATaskThatWaitsForNoFutureSeesTheLast() {
    Task<String> fresh = create(() -> note("begun"));
    cancelThreeTimes(fresh);
    fixture.tickUntilDone("a task that has not begun", fresh);
    expectMessage(fresh, "third");

    Task<String> ready = create(() -> noteMessage(() -> yieldTwice()));
    fixture.tick();
    cancelThreeTimes(ready);
    fixture.tickUntilDone("a task that is ready", ready);
    expectMessage(ready, "third");

    Promise<String> awaited = newFuture();
    Task<String> woken = create(() -> noteMessage(awaited::await));
    fixture.tick();
    awaited.setResult("value");
    cancelThreeTimes(woken);
    fixture.tickUntilDone("a task whose future is done", woken);
    expectMessage(woken, "third");

    Promise<String> never = newFuture();
    Task<String> own =
        create(() -> {
          cancelThreeTimes(fixture.loop().currentTask().orElseThrow());
          return noteMessage(never::await);
        });
    fixture.tickUntilDone("a task that cancels itself", own);
    expectMessage(own, "third");
    trace.expect("the messages that the bodies see", "third", "third", "third");
  }

  private static void cancelThreeTimes(Task<?> task) {
    for (String message : List.of("first", "second", "third")) {
      boolean ignored = task.cancel(message);
    }
  }

  private static String yieldTwice() {
    Asyncio.sleep(Duration.ZERO);
    Asyncio.sleep(Duration.ZERO);
    return "not cancelled";
  }

  private String noteMessage(Supplier<String> body) {
    try {
      return note(body.get());
    } catch (CancelledError error) {
      String ignored = note(String.valueOf(error.getMessage()));
      throw error;
    }
  }

  private static void expectMessage(Task<String> task, String expected) {
    CancelledError error =
        Expect.thrown(CancelledError.class, "result of a cancelled task", task::result);
    Expect.equal("the message of the cancelled task", expected, error.getMessage());
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
