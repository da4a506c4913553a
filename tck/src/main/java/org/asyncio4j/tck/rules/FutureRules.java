package org.asyncio4j.tck.rules;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.InvalidStateException;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 4, part one: the states of futures and their callbacks. */
final class FutureRules {

  private static final ContextVar<String> COLOUR = ContextVar.named("colour");

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  FutureRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Completes futures in all three ways in a callback.
   *
   * <p>If it fails: schedule the callbacks with {@code callSoon}.
   */
  @Rule("4.1")
  void completingRunsNoCallbackAtOnce() {
    Promise<String> finished = newFuture();
    Promise<String> failed = newFuture();
    Promise<String> cancelled = newFuture();
    List.of(finished, failed, cancelled)
        .forEach(future -> future.addDoneCallback(_ -> trace.add("callback")));

    fixture.runCallback(() -> {
      finished.setResult("value");
      failed.setException(new IllegalArgumentException("on purpose"));
      cancelled.cancel();
      trace.expect("what runs within the completing call");
    });
    fixture.tick();

    trace.expect("what runs afterwards", "callback", "callback", "callback");
    Expect.that("a failed future must have an exception", failed.exception() != null);
  }

  /**
   * Adds a callback to a future that is done.
   *
   * <p>If it fails: schedule it with {@code callSoon}.
   */
  @Rule("4.2")
  void aCallbackOfADoneFutureRunsInALaterTick() {
    Promise<String> done = newFuture();
    done.setResult("value");

    fixture.runCallback(() -> {
      done.addDoneCallback(future -> trace.add(future.result()));
      trace.expect("what runs within addDoneCallback");
    });
    fixture.tick();

    trace.expect("what runs afterwards", "value");
  }

  /**
   * Adds callbacks with and without contexts.
   *
   * <p>If it fails: keep the callbacks in a list, each with its context, copied when it is added.
   */
  @Rule("4.3")
  void callbacksRunInOrderEachInItsContext() {
    Promise<String> future = newFuture();
    Context given = Context.empty();
    COLOUR.set("red");
    future.addDoneCallback(_ -> trace.add("first " + COLOUR.value().orElse("none")));
    COLOUR.set("green");
    future.addDoneCallback(_ -> trace.add("second " + COLOUR.value().orElse("none")), given);
    future.addDoneCallback(_ -> trace.add("third " + COLOUR.value().orElse("none")));
    COLOUR.set("blue");

    future.setResult("value");
    fixture.tick();

    trace.expect("the order of the callbacks", "first red", "second none", "third green");
  }

  /**
   * Completes a future again in both ways.
   *
   * <p>If it fails: look at the state before anything is changed.
   */
  @Rule("4.4")
  void completingADoneFutureIsRefused() {
    Promise<String> done = newFuture();
    done.setResult("first");
    Promise<String> cancelled = newFuture();
    cancelled.cancel();

    for (Promise<String> future : List.of(done, cancelled)) {
      InvalidStateException ofResult =
          Expect.thrown(
              InvalidStateException.class,
              "setResult of a done future",
              () -> future.setResult("second"));
      InvalidStateException ofException =
          Expect.thrown(
              InvalidStateException.class,
              "setException of a done future",
              () -> future.setException(new IllegalArgumentException("on purpose")));
    }

    Expect.equal("the value of the future", "first", done.result());
    Expect.that("the cancelled future must stay so", cancelled.isCancelled());
  }

  /**
   * Asks a pending future for what it does not have.
   *
   * <p>If it fails: look at the state.
   */
  @Rule("4.5")
  void aPendingFutureHasNoResult() {
    Promise<String> pending = newFuture();

    InvalidStateException ofResult =
        Expect.thrown(InvalidStateException.class, "result of a pending future", pending::result);
    InvalidStateException ofException =
        Expect.thrown(
            InvalidStateException.class, "exception of a pending future", pending::exception);
    Expect.that("a pending future must not be done", !pending.isDone());
  }

  /**
   * Asks a cancelled future for what it does not have.
   *
   * <p>If it fails: keep the message with the state.
   */
  @Rule("4.6")
  void aCancelledFutureTellsWhy() {
    Promise<String> cancelled = newFuture();
    Expect.that("cancel of a pending future must return true", cancelled.cancel("no time"));

    for (ThrowingRunnable<Exception> way :
        List.<ThrowingRunnable<Exception>>of(cancelled::result, cancelled::exception)) {
      CancelledError error = Expect.thrown(CancelledError.class, "a cancelled future", way);
      Expect.equal("the message of the error", "no time", error.getMessage());
    }
    Expect.that("a cancelled future must be done", cancelled.isDone());
    Expect.that("a cancelled future must be cancelled", cancelled.isCancelled());
  }

  /**
   * Asks a failed future twice.
   *
   * <p>If it fails: keep the exception, and throw it itself.
   */
  @Rule("4.7")
  void aFailedFutureThrowsItsVeryException() {
    Exception failure = new Exception("on purpose");
    Promise<String> failed = newFuture();
    failed.setException(failure);

    for (int attempt = 0; attempt < 2; attempt++) {
      Exception thrown =
          Expect.thrown(Exception.class, "result of a failed future", failed::result);
      Expect.same("what a failed future throws", failure, thrown);
    }
    Expect.same("the exception of a failed future", failure, failed.exception());
    Expect.that("a failed future must not be cancelled", !failed.isCancelled());
  }

  /**
   * Removes a callback that was added twice, and one that was never added.
   *
   * <p>If it fails: compare with {@code equals}, and do not stop at the first.
   */
  @Rule("4.10")
  void removingACallbackRemovesEveryRegistration() {
    Promise<String> future = newFuture();
    Consumer<Future<String>> twice = _ -> trace.add("twice");
    future.addDoneCallback(twice);
    future.addDoneCallback(_ -> trace.add("once"));
    future.addDoneCallback(twice);

    Expect.equal("the number of removed callbacks", 2, future.removeDoneCallback(twice));
    Expect.equal("the number of what is left", 0, future.removeDoneCallback(twice));
    future.setResult("value");
    fixture.tick();

    trace.expect("the callbacks that run", "once");
  }

  /**
   * Adds and removes callbacks in a callback of the same future.
   *
   * <p>If it fails: take the list of callbacks off the future before they are scheduled.
   */
  @Rule("4.11")
  void callbacksMayAddAndRemoveCallbacks() {
    Promise<String> future = newFuture();
    Consumer<Future<String>> last = _ -> trace.add("last");
    future.addDoneCallback(done -> {
      trace.add("first");
      Expect.equal("what is left to remove", 0, done.removeDoneCallback(last));
      done.addDoneCallback(_ -> trace.add("added"));
    });
    future.addDoneCallback(last);

    future.setResult("value");
    fixture.tick();
    trace.expect("what the first tick runs", "first", "last");

    fixture.tick();
    trace.expect("what two ticks run", "first", "last", "added");
  }

  /**
   * Adds a callback that throws, and another after it.
   *
   * <p>If it fails: each callback is a handle of its own.
   */
  @Rule("4.12")
  void whatACallbackThrowsHarmsNoOther() {
    Promise<String> future = newFuture();
    IllegalArgumentException failure = new IllegalArgumentException("on purpose");
    future.addDoneCallback(_ -> {
      throw failure;
    });
    future.addDoneCallback(_ -> trace.add("after"));

    future.setResult("value");
    fixture.tick();

    ErrorReport report = fixture.takeReport("a callback of a future that throws");
    Expect.same("the exception of the report", failure, report.exception().orElse(null));
    trace.expect("the callbacks that run", "after");
    Expect.equal("the value of the future", "value", future.result());
  }

  /**
   * Cancels futures that are done.
   *
   * <p>If it fails: look at the state.
   */
  @Rule("4.13")
  void aDoneFutureCannotBeCancelled() {
    Promise<String> done = newFuture();
    done.setResult("value");
    Promise<String> cancelled = newFuture();
    cancelled.cancel("first");

    Expect.that("cancel of a done future must return false", !done.cancel());
    Expect.that("cancel of a cancelled future must return false", !cancelled.cancel("second"));

    Expect.equal("the value of the future", "value", done.result());
    CancelledError error =
        Expect.thrown(CancelledError.class, "a cancelled future", cancelled::result);
    Expect.equal("the message of the first cancellation", "first", error.getMessage());
  }

  /**
   * Finishes a future with nothing.
   *
   * <p>If it fails: keep the state apart from the value.
   */
  @Rule("4.19")
  void nullIsAValue() {
    Promise<@Nullable String> future = fixture.loop().createFuture();
    AtomicReference<Optional<Boolean>> called = new AtomicReference<>(Optional.empty());
    future.addDoneCallback(done -> called.set(Optional.of(done.result() == null)));

    future.setResult(null);
    fixture.tick();

    Expect.that("a future with the value null must be done", future.isDone());
    Expect.equal("the value of the future", null, future.result());
    Expect.equal("the exception of the future", null, future.exception());
    Expect.equal("what its callback sees", Optional.of(true), called.get());
  }

  /**
   * Asks futures and tasks of two loops.
   *
   * <p>If it fails: pass the loop itself to the future's constructor.
   */
  @Rule("4.20")
  void aFutureKnowsItsLoop() {
    Promise<String> own = newFuture();
    Promise<String> others = fixture.openLoop().createFuture();

    Expect.same("the loop of a future", fixture.loop(), own.loop());
    Expect.that("a future of another loop must say so", others.loop() != fixture.loop());
  }

  private Promise<String> newFuture() {
    return fixture.loop().createFuture();
  }
}
