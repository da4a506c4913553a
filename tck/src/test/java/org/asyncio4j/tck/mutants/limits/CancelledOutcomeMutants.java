package org.asyncio4j.tck.mutants.limits;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MadeFutures;
import org.asyncio4j.tck.mutants.harness.MutantFuture;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 13: futures that fail with a {@code CancelledError}. */
public final class CancelledOutcomeMutants extends Defects {

  public CancelledOutcomeMutants() {
    defect("13.30", "delivers a request again if the awaited future is not done at once")
        .also("13.10", "13.24", "13.31")
        .loop(CancelledOutcomeMutants::deliverAgain);

    defect("13.30", "wraps the error of the second future")
        .also("13.24", "13.31")
        .loop(loop -> {
          Turn wrapped = Turn.second();
          loop.futures(it ->
              it.setException.given(thrown ->
                  thrown instanceof CancelledError && wrapped.getAsBoolean()
                      ? new IllegalStateException("wrapped", thrown)
                      : thrown));
        });

    defect("13.31", "does not call back once a future has failed with the error")
        .also("13.24", "13.30")
        .futures(it ->
            it.addDoneCallback.given(added ->
                added.calling(done -> {
                  if (done.isCancelled()
                      || !(done.exception().orElse(null) instanceof CancelledError)) {
                    added.callback().accept(done);
                  }
                })));

    defect("13.32", "takes the error for a request")
        .also("13.31")
        .futures(CancelledOutcomeMutants::cancelAwaiters);
  }

  private static void deliverAgain(MutantLoop loop) {
    MadeFutures made = new MadeFutures();
    Task<?>[] cancelled = new Task<?>[1];
    Future<?>[] delivering = new Future<?>[1];
    loop.eachPoll(() -> {
      if (cancelled[0] != null) {
        made.cancel(it -> it != delivering[0] && it.awaitedBy().contains(cancelled[0]));
      }
    });
    loop.futures(made::add);
    loop.tasks(it ->
        it.cancel.after(() ->
            made.awaitedBy(it)
                .ifPresent(awaited -> {
                  cancelled[0] = it;
                  delivering[0] = awaited;
                })));
  }

  private static void cancelAwaiters(MutantFuture<Object> it) {
    it.setException.before(
        thrown -> thrown instanceof CancelledError,
        thrown ->
            it.awaitedBy().stream()
                .filter(awaiter -> awaiter instanceof Task<?> task && task.cancelling() == 0)
                .forEach(awaiter -> awaiter.cancel(thrown.getMessage())));
    it.setException.unless(it::isDone);
  }
}
