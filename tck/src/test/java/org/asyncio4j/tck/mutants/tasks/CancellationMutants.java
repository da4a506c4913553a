package org.asyncio4j.tck.mutants.tasks;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.MutantTask;

/** Chapter 6: cancellation. */
public final class CancellationMutants extends Defects {

  public CancellationMutants() {
    defect("6.5", "starts bodies that are cancelled")
        .also("6.51")
        .loop(CancellationMutants::startCancelledBodies);

    defect("6.6", "is done as soon as it is cancelled")
        .also(
            "6.8", "6.11", "6.12", "6.14", "6.18", "6.26", "6.27", "6.28", "6.30", "6.31", "6.32",
            "6.33", "6.50", "6.51", "6.60", "6.61", "6.62")
        .tasks(CancellationMutants::endAtOnce);

    defect("6.7", "cancels the awaited future a tick late")
        .also("6.11")
        .loop(CancellationMutants::cancelTheAwaitedFutureLate);

    defect("6.8", "cancels the outer task whatever the inner one does")
        .tasks(it ->
            it.await.after(() -> {
              if (it.loop().currentTask().filter(task -> task.cancelling() > 0).isPresent()) {
                throw new CancelledError("although the inner task refused");
              }
            }));

    defect("6.14", "loses the message")
        .also("6.27", "6.32", "6.50", "6.51", "6.62")
        .tasks(it -> it.cancel.given(_ -> null));

    defect("6.17", "claims to cancel what is done")
        .tasks(it -> it.cancel.returns(accepted -> accepted || it.isDone()));

    defect("6.18", "returns null when the awaited task is cancelled")
        .also("6.8", "6.14")
        .tasks(it -> it.await.swallowing(CancelledError.class, _ -> it.isCancelled()));

    defect("6.19", "ignores a cancellation that comes with the result")
        .also("6.51")
        .loop(CancellationMutants::ignoreWhatComesWithTheResult);
  }

  /** Cancels a task that has not started after its first step. */
  public static void startCancelledBodies(MutantLoop loop) {
    loop.createTask.around((_, wanted) -> {
      Flag started = new Flag();
      MutantTask<Object> task =
          loop.newTask(
              wanted.running(() -> {
                started.set();
                return wanted.body().call();
              }));
      task.cancel.around((correct, message) -> {
        if (started.isSet()) {
          return correct.call(message);
        }
        loop.callSoon(correct.later(message));
        return true;
      });
      return task;
    });
  }

  private static void endAtOnce(MutantTask<Object> it) {
    Flag cancelled = new Flag();
    it.cancel.returns(accepted -> {
      if (accepted && !it.isCurrent()) {
        cancelled.set();
      }
      return accepted;
    });
    it.isDone.returns(done -> cancelled.isSet() || done);
    it.isCancelled.returns(correctly -> cancelled.isSet() || correctly);
  }

  /** Cancels futures a tick late, if a task that awaits them is cancelled. */
  public static void cancelTheAwaitedFutureLate(MutantLoop loop) {
    Flag inside = new Flag();
    loop.tasks(it -> it.cancel.during(inside));
    loop.futures(it ->
        it.cancel.around((correct, message) -> {
          if (!inside.isSet() || it.isDone()) {
            return correct.call(message);
          }
          loop.callSoon(correct.later(message));
          return true;
        }));
  }

  /** Cancels nothing in a tick in which a future was completed. */
  public static void ignoreWhatComesWithTheResult(MutantLoop loop) {
    Flag completed = loop.ofThisTick();
    loop.futures(it -> it.setResult.after(completed::set));
    loop.tasks(it -> it.cancel.unless(completed));
  }
}
