package org.asyncio4j.tck.mutants.limits;

import java.util.List;
import org.asyncio4j.core.Future;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantTask;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 13: groups of tasks. */
public final class GroupMutants extends Defects {

  public GroupMutants() {
    defect("13.12", "does not call back for tasks that fail")
        .also("13.14", "13.15", "13.17", "13.20")
        .tasks(it ->
            callBack(
                it,
                (done, callback) -> {
                  if (done.isCancelled() || done.exception().isEmpty()) {
                    callback.run();
                  }
                }));

    defect("13.13", "ignores cancellations by another task")
        .also("13.11", "13.14", "13.20", "13.24", "13.31")
        .tasks(it ->
            it.cancel.around((correct, message) ->
                it.loop().currentTask().filter(current -> current != it).isPresent()
                    || correct.call(message)));

    defect("13.14", "ignores cancellations by the task itself")
        .also("13.22", "13.40")
        .tasks(
            it -> it.cancel.around((correct, message) -> it.isCurrent() || correct.call(message)));

    defect("13.15", "calls back late for every second task")
        .also("13.17")
        .loop(loop -> {
          Turn late = Turn.everyOther();
          loop.tasks(it -> {
            boolean isLate = late.getAsBoolean();
            callBack(
                it,
                (_, callback) -> {
                  Runnable told = isLate ? loop.aTickLate(loop.aTickLate(callback)) : callback;
                  told.run();
                });
          });
        });

    defect("13.16", "takes a cancelled task for a failed one")
        .also("13.6", "13.10", "13.11", "13.13", "13.14", "13.20", "13.24", "13.40")
        .tasks(it -> {
          it.exception.around((correct, _) ->
              it.isCorrectlyCancelled() ? new IllegalStateException("cancelled") : correct.call());
          it.isCancelled.always(false);
        });

    defect("13.17", "does not know its awaiters").tasks(it -> it.awaitedBy.always(List.of()));
  }

  /** Calls the done callback of a task in a way of its own. */
  private interface Ending {
    void call(Future<?> done, Runnable callback);
  }

  private static void callBack(MutantTask<Object> it, Ending ending) {
    it.addDoneCallback.given(
        added -> added.calling(done -> ending.call(done, () -> added.callback().accept(done))));
  }
}
