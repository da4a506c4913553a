package org.asyncio4j.tck.rules.futures;

import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 4, part two: the callbacks of futures. */
final class FutureCallbackRules {

  private static final ContextVar<String> COLOUR = ContextVar.named("colour");

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  FutureCallbackRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Completes futures in all three ways in a callback. */
  @Rule("4.1")
  @Hint("Schedule the callbacks with `callSoon`.")
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
    Expect.that("a failed future must have an exception", failed.exception().isPresent());
  }

  /** Adds a callback to a future that is done. */
  @Rule("4.2")
  @Hint("Schedule it with `callSoon`.")
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

  /** Adds callbacks with and without contexts. */
  @Rule("4.3")
  @Hint(
      "Keep the callbacks in a list, each with its context, which is copied when the callback is"
          + " added.")
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

  /** Removes a callback that was added twice, and one that was never added. */
  @Rule("4.10")
  @Hint("Compare with `equals`, and do not stop at the first.")
  void removingACallbackRemovesEveryRegistration() {
    Promise<String> future = newFuture();
    Consumer<Future<String>> twice = _ -> trace.add("twice");
    future.addDoneCallback(twice);
    future.addDoneCallback(_ -> trace.add("once"));
    future.addDoneCallback(twice);

    Expect.equal("the number of removed callbacks", 2, future.removeDoneCallback(twice));
    Expect.equal("the number of remaining callbacks", 0, future.removeDoneCallback(twice));
    future.setResult("value");
    fixture.tick();

    trace.expect("the callbacks that run", "once");
  }

  /** Adds and removes callbacks in a callback of the same future. */
  @Rule("4.11")
  @Hint("Remove the list of callbacks from the future before they are scheduled.")
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

  /** Adds a callback that throws, and another after it. */
  @Rule("4.12")
  @Hint("Use a separate handle for each callback.")
  void anExceptionOfACallbackDoesNotAffectOthers() {
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

  private Promise<String> newFuture() {
    return fixture.loop().createFuture();
  }
}
