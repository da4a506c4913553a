package org.asyncio4j.tck.mutants.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MadeFutures;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.MutantTask;
import org.asyncio4j.tck.mutants.harness.Seam;

/** Chapter 12: gathering. */
public final class GatherMutants extends Defects {

  public GatherMutants() {
    defect("12.1", "mixes up values of one tick").loop(GatherMutants::mixUpValues);

    defect("12.2", "cancels everything when a future fails")
        .also("12.3", "12.5", "12.6", "12.11", "12.15", "12.21")
        .loop(loop -> {
          MadeFutures made = new MadeFutures();
          loop.futures(it -> {
            made.add(it);
            it.setException.after(() -> made.cancel(_ -> true));
          });
        });

    defect("12.3", "counts one retrieval in a callback").loop(GatherMutants::countOneRetrieval);

    defect("12.4", "counts each request twice")
        .tasks(it ->
            it.cancel.around((correct, message) -> {
              boolean accepted = correct.call(message);
              return correct.call(message) || accepted;
            }));

    defect("12.5", "cancels what fails with a cancellation")
        .also("12.21")
        .futures(it ->
            it.setException.instead((correct, thrown) -> {
              if (thrown instanceof CancelledError) {
                it.cancel(thrown.getMessage());
              } else {
                correct.call(thrown);
              }
            }));

    defect("12.6", "calls back when a task is asked to end")
        .also("12.12", "12.16", "12.17")
        .tasks(GatherMutants::endAtOnce);
  }

  private static void mixUpValues(MutantLoop loop) {
    Object[] first = new Object[1];
    Runnable renew = loop.oncePerTick(() -> first[0] = null);
    loop.futures(it ->
        it.setResult.given(value -> {
          renew.run();
          if (value instanceof String && first[0] == null) {
            first[0] = value;
          }
          return value instanceof String ? first[0] : value;
        }));
  }

  private static void countOneRetrieval(MutantLoop loop) {
    Flag failed = new Flag();
    loop.futures(it -> {
      Throwable[] kept = new Throwable[1];
      it.setException.after(thrown -> {
        kept[0] = failed.isSet() ? thrown : null;
        failed.set();
      });
      it.result.before(() -> {
        if (kept[0] != null && loop.inCallback()) {
          throw Seam.<RuntimeException>asIs(kept[0]);
        }
      });
    });
  }

  /** Tells that the task is cancelled as soon as it is asked to be, while its body goes on. */
  private static void endAtOnce(MutantTask<Object> it) {
    List<Consumer<? super Future<Object>>> callbacks = new ArrayList<>();
    Flag cancelled = new Flag();
    it.addDoneCallback.before(added -> callbacks.add(added.callback()));
    it.cancel.returns(accepted -> {
      if (accepted && !cancelled.isSet() && !it.isCurrent()) {
        cancelled.set();
        callbacks.forEach(callback -> it.loop().callSoon(() -> callback.accept(it)));
      }
      return accepted;
    });
    it.isDone.returns(done -> cancelled.isSet() || done);
    it.isCancelled.returns(correctly -> cancelled.isSet() || correctly);
    it.result.refuse(cancelled, () -> new CancelledError(null));
  }
}
