package org.asyncio4j.tck.mutants.limits;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.MutantTask;

/** Chapter 13: time limits. */
public final class LimitMutants extends Defects {

  public LimitMutants() {
    timers();

    defect("13.1", "takes no request back")
        .also(
            "13.4", "13.5", "13.6", "13.7", "13.8", "13.10", "13.12", "13.14", "13.18", "13.19",
            "13.20", "13.21", "13.22", "13.24", "13.30", "13.40", "13.41", "13.42")
        .loop(
            loop -> loop.currentTasks(it -> it.uncancel.around((_, _) -> it.task().cancelling())));

    defect("13.5", "runs callbacks a tick late")
        .loop(loop ->
            loop.callSoon.around((correct, callback) -> correct.call(correct.later(callback))));

    defect("13.8", "cancels again what takes a request back")
        .also(
            "13.12", "13.14", "13.18", "13.19", "13.20", "13.21", "13.22", "13.24", "13.30",
            "13.41", "13.42")
        .loop(loop ->
            loop.currentTasks(it -> it.uncancel.after(() -> loop.callSoon(it.task()::cancel))));

    defect("13.9", "cancels a task at its end that was once cancelled")
        .also(
            "13.8", "13.18", "13.19", "13.20", "13.21", "13.22", "13.24", "13.30", "13.41", "13.42")
        .loop(LimitMutants::cancelWhoeverWasOnceCancelled);
  }

  private void timers() {
    defect("13.2", "ends blocks a nanosecond early")
        .loop(loop -> loop.callAt.given(timer -> timer.at(timer.when() - 1)));

    defect("13.3", "runs timers that were cancelled")
        .also("13.4", "13.23", "13.32")
        .loop(loop ->
            loop.callAt.around((correct, timer) -> {
              TimerHandle hidden = correct.call(timer);
              return correct.call(timer.at(hidden.when()).calling(() -> {}));
            }));

    defect("13.4", "loses the timer after one that is cancelled")
        .also("13.18", "13.19", "13.21", "13.22", "13.24", "13.30", "13.41", "13.42")
        .loop(loop -> {
          Flag cancelled = new Flag();
          loop.timers((_, it) -> it.cancel.before(cancelled::set));
          loop.callAt.given(timer -> cancelled.take() ? timer.calling(() -> {}) : timer);
        });
  }

  private static void cancelWhoeverWasOnceCancelled(MutantLoop loop) {
    loop.createTask.around((_, wanted) -> {
      Flag asked = new Flag();
      MutantTask<Object> task =
          loop.newTask(
              wanted.running(() -> {
                Object value = wanted.body().call();
                if (asked.isSet()) {
                  throw new CancelledError("although it was refused");
                }
                return value;
              }));
      task.cancel.before(asked::set);
      return task;
    });
  }
}
