package org.asyncio4j.tck.mutants.waiting;

import java.util.List;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MadeFutures;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 12: shields and the call graph. */
public final class ShieldMutants extends Defects {

  public ShieldMutants() {
    defect("12.13", "cancels what a cancelled future waits for")
        .also("12.14")
        .loop(loop -> {
          MadeFutures made = new MadeFutures();
          loop.tasks(made::add);
          loop.futures(it -> {
            made.add(it);
            it.cancel.after(() ->
                made.cancel(other -> other.awaitedBy().stream().anyMatch(Future::isCancelled)));
          });
        });

    defect("12.14", "removes no callback").futures(it -> it.removeDoneCallback.swallow());

    defect("12.18", "does not know its awaiters").futures(it -> it.awaitedBy.always(List.of()));

    defect("12.18", "does not know awaiters that use a callback")
        .futures(it ->
            it.awaitedBy.returns(all -> all.stream().filter(Task.class::isInstance).toList()));

    defect("12.19", "claims to belong to the loop that runs")
        .loop(loop ->
            loop.promises(
                it -> it.loop.returns(own -> MutantLoop.onLoop() ? Asyncio.runningLoop() : own)));

    defect("12.20", "calls only callbacks that name their awaiter")
        .also("12.14")
        .futures(it ->
            it.addDoneCallback.onlyIf(
                added -> (Object) added.callback() instanceof AwaitingCallback<?>));

    defect("12.21", "stores a copy of the error")
        .also("12.5", "12.6")
        .futures(it ->
            it.setException.given(thrown ->
                thrown instanceof CancelledError
                    ? new CancelledError(thrown.getMessage())
                    : thrown));

    // A shield has a future of its own, so the second error is that of the first shield.
    defect("12.21", "cancels the second future that fails with the error")
        .loop(loop -> {
          Turn cancelled = Turn.second();
          loop.futures(it ->
              it.setException.instead((correct, thrown) -> {
                if (thrown instanceof CancelledError && cancelled.getAsBoolean()) {
                  it.cancel(thrown.getMessage());
                } else {
                  correct.call(thrown);
                }
              }));
        });
  }
}
