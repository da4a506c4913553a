package org.asyncio4j.tck.rules.running;

import java.io.IOException;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 1, part two: running until a future is done. */
final class RunUntilCompleteRules {

  private final LoopFixture fixture;

  RunUntilCompleteRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Runs until a future is done that was done before, and one that becomes done later. */
  @Rule("1.4")
  @Hint(
      "Check the result of `runUntilComplete`, and that it runs the loop even for a future that is"
          + " done.")
  void runUntilCompleteReturnsTheValue() {
    EventLoop loop = fixture.loop();
    Promise<String> done = loop.createFuture();
    done.setResult("before");
    Promise<String> pending = loop.createFuture();
    loop.callSoon(() -> pending.setResult("later"));

    Expect.equal("the value of a done future", "before", loop.runUntilComplete(done));
    Expect.equal("the value of a pending future", "later", loop.runUntilComplete(pending));
    Expect.equal("the value of a task", "task", fixture.run(() -> "task"));
  }

  /** Runs until a future fails with a checked exception. */
  @Rule("1.5")
  @Hint("Throw the future's exception itself, not a wrapper.")
  void runUntilCompleteThrowsTheExceptionOfTheFuture() {
    EventLoop loop = fixture.loop();
    IOException failure = new IOException("out of paper");
    Promise<String> failed = loop.createFuture();
    loop.callSoon(() -> failed.setException(failure));

    IOException thrown =
        Expect.thrown(
            IOException.class,
            "runUntilComplete of a failed future",
            () -> loop.runUntilComplete(failed));

    Expect.same("what runUntilComplete throws", failure, thrown);
  }

  /** Runs until a future is cancelled. */
  @Rule("1.6")
  @Hint("Return or throw what `result()` of the future returns or throws.")
  void runUntilCompleteOfACancelledFutureThrows() {
    EventLoop loop = fixture.loop();
    Promise<String> cancelled = loop.createFuture();
    loop.callSoon(cancelled::cancel);

    Expect.thrown(
        CancelledError.class,
        "runUntilComplete of a cancelled future",
        () -> loop.runUntilComplete(cancelled));
  }

  /** Runs one loop until a future of another is done. */
  @Rule("1.7")
  @Hint("Compare `future.loop()` with the loop before running.")
  void runUntilCompleteRefusesAFutureOfAnotherLoop() {
    Promise<String> foreign = fixture.openLoop().createFuture();

    Expect.thrown(
        IllegalArgumentException.class,
        "runUntilComplete of another loop's future",
        () -> fixture.loop().runUntilComplete(foreign));
  }

  /** Stops a loop that runs until a future is done that never completes. */
  @Rule("1.8")
  @Hint("Check whether the future is done after the run.")
  void runUntilCompleteThatIsStoppedThrows() {
    EventLoop loop = fixture.loop();
    Promise<String> never = loop.createFuture();
    loop.callSoon(loop::stop);

    Expect.thrown(
        IllegalStateException.class,
        "runUntilComplete that is stopped",
        () -> loop.runUntilComplete(never));
  }

  /** Completes a future after the run that waited for it was stopped, during another run. */
  @Rule("1.9")
  @Hint("Always remove the callback that stops the loop from the future.")
  void aFutureDoesNotStopTheLoopAfterItsRun() {
    EventLoop loop = fixture.loop();
    Trace trace = new Trace();
    Promise<String> late = loop.createFuture();
    loop.callSoon(loop::stop);
    Expect.thrown(IllegalStateException.class, "a stopped run", () -> loop.runUntilComplete(late));

    late.setResult("late");
    loop.callSoon(() ->
        loop.callSoon(() -> {
          trace.add("second tick");
          loop.stop();
        }));
    loop.runForever();

    trace.expect("what runs although the future is done", "second tick");
  }
}
