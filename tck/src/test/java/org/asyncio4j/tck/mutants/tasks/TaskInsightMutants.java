package org.asyncio4j.tck.mutants.tasks;

import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 6: what a task tells about itself. */
public final class TaskInsightMutants extends Defects {

  public TaskInsightMutants() {
    defect("6.20", "gives every task a name of its own")
        .loop(loop -> loop.options(TaskInsightMutants::withoutName));

    defect("6.21", "copies the context that was given")
        .loop(loop ->
            loop.options(
                given -> given.context().map(Context::copy).map(given::withContext).orElse(given)));

    defect("6.22", "does not know where its body is")
        .loop(loop -> loop.shownTasks(it -> it.stack.always(List.of())));
  }

  private static TaskOptions withoutName(TaskOptions given) {
    TaskOptions defaults = TaskOptions.defaults();
    return given
        .context()
        .map(defaults::withContext)
        .orElse(defaults.withInterruptOnCancel(given.interruptOnCancel()));
  }
}
