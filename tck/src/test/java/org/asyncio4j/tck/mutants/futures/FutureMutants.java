package org.asyncio4j.tck.mutants.futures;

import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 4: outcomes of futures. */
public final class FutureMutants extends Defects {

  public FutureMutants() {
    defect("4.4", "ignores a second result").futures(it -> it.setResult.unless(it::isDone));

    defect("4.5", "has null while it is pending").futures(it -> it.result.onlyIf(it::isDone));

    defect("4.6", "loses the message of a cancellation")
        .also("4.13")
        .futures(it -> it.cancel.given(_ -> null));

    defect("4.7", "wraps its exception")
        .also("4.15", "4.21")
        .futures(it ->
            it.result.refuse(
                () -> it.isDone() && !it.isCancelled() && it.exception().isPresent(),
                () -> new IllegalArgumentException(it.exception().orElseThrow())));

    defect("4.13", "claims to cancel what is done")
        .futures(it -> it.cancel.returns(accepted -> accepted || it.isDone()));

    defect("4.31", "claims to complete what is done")
        .futures(it -> it.trySetResult.returns(_ -> true));

    defect("4.19", "takes null for nothing")
        .futures(it -> it.setResult.onlyIf(value -> value != null));

    defect("4.20", "forgets its loop")
        .also("4.7", "4.15", "4.21")
        .loop(loop -> loop.promises(it -> it.loop.swallow()));
  }
}
