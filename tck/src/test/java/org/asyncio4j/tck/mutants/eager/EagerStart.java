package org.asyncio4j.tck.mutants.eager;

import org.asyncio4j.core.Task;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.CoreSeams.NewTask;
import org.asyncio4j.tck.mutants.harness.Seam.Around;

/** The start of tasks that run their first step in the call that creates them. */
final class EagerStart {

  private final Seam<NewTask, Task<Object>> start = new Seam<>();
  private int depth;

  private EagerStart() {}

  static EagerStart of(MutantLoop loop) {
    EagerStart eager = new EagerStart();
    loop.createTask.around((correct, wanted) -> {
      if (!wanted.options().eagerStart() || !MutantLoop.onLoop()) {
        return correct.call(wanted);
      }
      eager.depth++;
      try {
        return eager.start.call(wanted, correct);
      } finally {
        eager.depth--;
      }
    });
    return eager;
  }

  /** Changes how they are started. */
  void instead(Around<NewTask, Task<Object>> other) {
    start.around(other);
  }

  /** {@return how many tasks are in their first step} */
  int depth() {
    return depth;
  }
}
