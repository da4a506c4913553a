package org.asyncio4j.tck.rules.futures;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.InvalidStateException;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.jspecify.annotations.Nullable;

/** Chapter 4, part one: the states of futures. */
final class FutureRules {

  private final LoopFixture fixture;

  FutureRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Completes a future again in both ways. */
  @Rule("4.4")
  @Hint("Check the state before anything is changed.")
  void completingADoneFutureIsRefused() {
    Promise<String> done = newFuture();
    done.setResult("first");
    Promise<String> cancelled = newFuture();
    cancelled.cancel();

    for (Promise<String> future : List.of(done, cancelled)) {
      Expect.thrown(
          InvalidStateException.class,
          "setResult of a done future",
          () -> future.setResult("second"));
      Expect.thrown(
          InvalidStateException.class,
          "setException of a done future",
          () -> future.setException(new IllegalArgumentException("on purpose")));
    }

    Expect.equal("the value of the future", "first", done.result());
    Expect.that("the cancelled future must stay so", cancelled.isCancelled());
  }

  /** Tries to complete futures that are pending, and futures that are done. */
  @Rule("4.31")
  @Hint("Return whether this call has completed the future.")
  void tryingToCompleteADoneFutureChangesNothing() {
    IllegalArgumentException failure = new IllegalArgumentException("on purpose");
    Promise<String> value = newFuture();
    Promise<String> failed = newFuture();
    Promise<String> cancelled = newFuture();
    cancelled.cancel();

    Expect.that("trySetResult of a pending future must be true", value.trySetResult("first"));
    Expect.that(
        "trySetException of a pending future must be true", failed.trySetException(failure));
    for (Promise<String> done : List.of(value, failed, cancelled)) {
      Expect.that("trySetResult of a done future must be false", !done.trySetResult("second"));
      Expect.that(
          "trySetException of a done future must be false",
          !done.trySetException(new IllegalStateException("second")));
    }

    Expect.equal("the value of the future", "first", value.result());
    Expect.same("the failure of the future", failure, failed.exception().orElse(null));
    Expect.that("the cancelled future must stay so", cancelled.isCancelled());
  }

  /** Queries the result and the exception of a pending future. */
  @Rule("4.5")
  @Hint("Check the state.")
  void aPendingFutureHasNoResult() {
    Promise<String> pending = newFuture();

    Expect.thrown(InvalidStateException.class, "result of a pending future", pending::result);
    Expect.thrown(InvalidStateException.class, "exception of a pending future", pending::exception);
    Expect.that("a pending future must not be done", !pending.isDone());
  }

  /** Queries the result and the exception of a cancelled future. */
  @Rule("4.6")
  @Hint("Keep the message with the state.")
  void aCancelledFutureHasItsMessage() {
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

  /** Queries a failed future twice. */
  @Rule("4.7")
  @Hint("Keep the exception, and throw that same object.")
  void aFailedFutureThrowsTheSameException() {
    Exception failure = new Exception("on purpose");
    Promise<String> failed = newFuture();
    failed.setException(failure);

    for (int attempt = 0; attempt < 2; attempt++) {
      Exception thrown =
          Expect.thrown(Exception.class, "result of a failed future", failed::result);
      Expect.same("what a failed future throws", failure, thrown);
    }
    Expect.same("the exception of a failed future", failure, failed.exception().orElse(null));
    Expect.that("a failed future must not be cancelled", !failed.isCancelled());
  }

  /** Cancels futures that are done. */
  @Rule("4.13")
  @Hint("Check the state.")
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

  /** Completes a future with {@code null}. */
  @Rule("4.19")
  @Hint("Keep the state separate from the value.")
  void nullIsAValue() {
    Promise<@Nullable String> future = fixture.loop().createFuture();
    AtomicReference<Optional<Boolean>> called = new AtomicReference<>(Optional.empty());
    future.addDoneCallback(done -> called.set(Optional.of(done.result() == null)));

    future.setResult(null);
    fixture.tick();

    Expect.that("a future with the value null must be done", future.isDone());
    Expect.equal("the value of the future", null, future.result());
    Expect.equal("the exception of the future", Optional.empty(), future.exception());
    Expect.equal("what its callback sees", Optional.of(true), called.get());
  }

  /** Queries the loop of futures and tasks of two loops. */
  @Rule("4.20")
  @Hint("Pass the loop itself to the future's constructor.")
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
