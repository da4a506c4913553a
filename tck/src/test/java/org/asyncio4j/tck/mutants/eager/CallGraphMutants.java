package org.asyncio4j.tck.mutants.eager;

import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 15: who waits for whom. */
public final class CallGraphMutants extends Defects {

  public CallGraphMutants() {
    defect("15.14", "names the last to await first")
        .futures(it -> it.awaitedBy.returns(List::reversed));

    defect("15.15", "ignores callbacks that name their awaiter")
        .futures(it -> it.awaitedBy.returns(CallGraphMutants::onlyTasks));

    defect("15.16", "names awaiters of a future that is done")
        .futures(it -> {
          List<Future<?>> last = new ArrayList<>();
          it.setResult.before(() -> last.addAll(it.awaitedBy()));
          it.awaitedBy.around((correct, _) -> it.isDone() ? last : correct.call());
        });

    defect("15.17", "does not know the awaiters of a task")
        .also("15.18")
        .tasks(it -> it.awaitedBy.always(List.of()));

    defect("15.17", "does not know where a suspended body is")
        .also("15.11")
        .loop(loop -> knowStacks(loop, true));

    defect("15.18", "ignores callbacks of tasks")
        .tasks(it -> it.awaitedBy.returns(CallGraphMutants::onlyTasks));

    defect("15.19", "does not know where a running body is")
        .also("15.11")
        .loop(loop -> knowStacks(loop, false));
  }

  private static List<Future<?>> onlyTasks(List<Future<?>> awaiters) {
    return awaiters.stream().filter(Task.class::isInstance).toList();
  }

  /** Knows the stacks of running bodies alone, or of suspended ones. */
  private static void knowStacks(MutantLoop loop, boolean ofRunning) {
    loop.coroutines(it ->
        it.stack.returns(stack -> loop.currentTask().isPresent() == ofRunning ? stack : List.of()));
  }
}
