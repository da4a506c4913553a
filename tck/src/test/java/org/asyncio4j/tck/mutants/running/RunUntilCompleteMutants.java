package org.asyncio4j.tck.mutants.running;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 1: running until a future is done. */
public final class RunUntilCompleteMutants extends Defects {

  public RunUntilCompleteMutants() {
    defect("1.4", "forgets the value of a done future")
        .loop(loop ->
            loop.runUntilComplete.unless(future -> future.isDone() && !(future instanceof Task)));

    defect("1.5", "wraps checked exceptions")
        .loop(loop -> loop.runUntilComplete.insteadOf(IOException.class, CompletionException::new));

    defect("1.6", "takes a cancellation for a value")
        .loop(loop -> loop.runUntilComplete.swallowing(CancelledError.class, _ -> true));

    defect("1.7", "accepts futures of other loops")
        .loop(loop -> loop.runUntilComplete.onlyIf(future -> future.loop() == loop));

    defect("1.8", "returns nothing when it is stopped")
        .also("1.9")
        .loop(loop ->
            loop.runUntilComplete.swallowing(
                IllegalStateException.class, _ -> !loop.isRunning() && !loop.isClosed()));

    defect("1.9", "leaves its callback on the future")
        .loop(loop ->
            loop.runUntilComplete.before(
                future -> !future.isDone() && future.loop() == loop && !loop.isRunning(),
                future -> future.addDoneCallback(_ -> loop.stop())));
  }
}
