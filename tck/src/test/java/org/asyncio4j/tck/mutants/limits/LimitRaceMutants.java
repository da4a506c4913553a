package org.asyncio4j.tck.mutants.limits;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.MutantTask;
import org.asyncio4j.tck.mutants.harness.Turn;
import org.asyncio4j.tck.mutants.tasks.CancelRequestMutants;
import org.asyncio4j.tck.mutants.tasks.CancellationMutants;

/** Chapter 13: time limits and cancellations at the same time. */
public final class LimitRaceMutants extends Defects {

  public LimitRaceMutants() {
    defect("13.6", "counts one request of a tick")
        .also("13.7", "13.21", "13.22", "13.40")
        .loop(CancelRequestMutants::countOneATick);

    defect("13.7", "takes all requests back")
        .also("13.6", "13.21", "13.22", "13.40", "13.42")
        .loop(loop ->
            loop.currentTasks(it ->
                it.uncancel.around((correct, _) -> {
                  while (correct.call() > 0) {
                    // That is the defect.
                  }
                  return 0;
                })));

    defect("13.10", "leaves a cancelled task behind")
        .also("13.24")
        .loop(loop -> loop.tasks(it -> it.await.around((_, _) -> awaitCopy(loop, it))));

    defect("13.11", "begins bodies that are cancelled")
        .loop(CancellationMutants::startCancelledBodies);

    defect("13.40", "hides that a cancellation is on its way")
        .loop(loop -> loop.currentTasks(it -> it.hasUnseenCancellation.always(false)));

    defect("13.40", "hides from a group that a cancellation is on its way")
        .loop(loop -> {
          Turn told = Turn.first();
          loop.currentTasks(it -> it.hasUnseenCancellation.onlyIf(told));
        });
  }

  private static Object awaitCopy(MutantLoop loop, MutantTask<Object> task) {
    Promise<Object> copy = loop.createFuture();
    task.addDoneCallback(done -> copy(done, copy));
    try {
      return copy.await();
    } catch (CancelledError cancelled) {
      task.cancel(cancelled.getMessage());
      throw cancelled;
    }
  }

  private static void copy(Future<Object> done, Promise<Object> copy) {
    if (copy.isDone()) {
      return;
    }
    if (done.isCancelled()) {
      copy.cancel();
    } else if (done.exception().isPresent()) {
      copy.setException(done.exception().orElseThrow());
    } else {
      copy.setResult(done.result());
    }
  }
}
