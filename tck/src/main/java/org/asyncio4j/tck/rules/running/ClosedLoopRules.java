package org.asyncio4j.tck.rules.running;

import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 1, part five: the futures of a closed loop. */
final class ClosedLoopRules {

  private final LoopFixture fixture;
  private final Trace trace = new Trace();

  ClosedLoopRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Completes futures of a closed loop, some of which have callbacks. */
  @Rule("1.30")
  @Hint(
      "Make `setResult` and `setException` throw if a callback cannot be scheduled, except during"
          + " the loop's own closing and in the steps of tasks that have ended.")
  void completingAFutureWithCallbacksOfAClosedLoopIsRefused() {
    EventLoop loop = fixture.loop();
    List<Promise<String>> watched = List.of(watched(loop), watched(loop), watched(loop));
    Promise<String> unwatched = loop.createFuture();
    Promise<String> alsoUnwatched = loop.createFuture();
    loop.close();

    expectRefused("setResult", () -> watched.get(0).setResult("first"));
    expectRefused("setResult", () -> watched.get(1).setResult("second"));
    IllegalArgumentException failure = new IllegalArgumentException("on purpose");
    expectRefused("setException", () -> watched.get(2).setException(failure));
    unwatched.setResult("unwatched");
    alsoUnwatched.setException(failure);

    Expect.equal("the value of a future whose callback is lost", "first", watched.get(0).result());
    Expect.equal("the value of the next", "second", watched.get(1).result());
    Expect.same("what the last has failed with", failure, watched.get(2).exception().orElse(null));
    Expect.equal("the value of a future without callbacks", "unwatched", unwatched.result());
    Expect.same("the failure of another", failure, alsoUnwatched.exception().orElse(null));
    trace.expect("the callbacks that run");
  }

  /** Adds callbacks to futures of a closed loop. */
  @Rule("1.31")
  @Hint("`addDoneCallback` throws if it cannot schedule a callback.")
  void aCallbackForADoneFutureOfAClosedLoopIsRefused() {
    EventLoop loop = fixture.loop();
    Promise<String> done = loop.createFuture();
    Promise<String> pending = loop.createFuture();
    done.setResult("value");
    loop.close();
    Consumer<Future<String>> callback = _ -> trace.add("callback");

    expectRefused("addDoneCallback of a done future", () -> done.addDoneCallback(callback));
    expectRefused("addDoneCallback of a done future", () -> done.addDoneCallback(callback));
    pending.addDoneCallback(callback);

    Expect.equal("the removed callbacks", 1, pending.removeDoneCallback(callback));
    trace.expect("the callbacks that run");
  }

  /** Cancels futures of a closed loop that have callbacks. */
  @Rule("1.32")
  @Hint("Drop the callbacks in `cancel`, and report nothing.")
  void aFutureOfAClosedLoopCanBeCancelled() {
    EventLoop loop = fixture.loop();
    List<Promise<String>> watched = List.of(watched(loop), watched(loop));
    loop.close();

    for (Promise<String> future : watched) {
      Expect.that("cancel of a pending future must return true", future.cancel());
      Expect.that("a future must be cancelled then", future.isCancelled());
      Expect.that("cancel of a cancelled future must return false", !future.cancel());
    }

    Expect.that("nothing must be reported", fixture.pollReport().isEmpty());
    trace.expect("the callbacks that run");
  }

  private Promise<String> watched(EventLoop loop) {
    Promise<String> future = loop.createFuture();
    future.addDoneCallback(_ -> trace.add("callback"));
    return future;
  }

  private static void expectRefused(String what, ThrowingRunnable<Exception> action) {
    Expect.thrown(IllegalStateException.class, what + " on a closed loop", action);
  }
}
