package org.asyncio4j.tck.mutants.callbacks;

import org.asyncio4j.core.Context;
import org.asyncio4j.tck.mutants.harness.CoreSeams.Callback;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 2: contexts of callbacks. */
public final class CallbackContextMutants extends Defects {

  public CallbackContextMutants() {
    defect("2.23", "copies the context that was given")
        .also("2.25")
        .loop(
            loop -> loop.callSoonIn.given(it -> new Callback(it.callback(), it.context().copy())));

    defect("2.24", "forgets the context of the scheduler")
        .loop(loop ->
            loop.callSoon.around((_, callback) -> loop.callSoon(callback, Context.empty())));

    defect("2.25", "reports another context")
        .loop(loop -> loop.handles(loop.callSoonIn, it -> it.context.always(Context.empty())));

    defect("2.26", "copies the context of timers")
        .loop(loop -> loop.callAtIn.given(timer -> timer.in(timer.context().copy())));

    defect("2.28", "reports in another context")
        .loop(loop ->
            loop.setExceptionHandler.given(handler ->
                (of, report) ->
                    Context.empty()
                        .<Object, RuntimeException>run(() -> {
                          handler.handle(of, report);
                          return null;
                        })));
  }
}
