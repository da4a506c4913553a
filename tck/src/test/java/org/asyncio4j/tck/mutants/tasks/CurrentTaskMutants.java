package org.asyncio4j.tck.mutants.tasks;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 5: which task runs. */
public final class CurrentTaskMutants extends Defects {

  public CurrentTaskMutants() {
    defect("5.3", "forgets the current task after its first step")
        .also("5.16", "5.18")
        .loop(CurrentTaskMutants::forgetAfterTheFirstStep);

    defect("5.4", "takes the last task for the current one").loop(CurrentTaskMutants::nameTheLast);

    Set<MutantLoop> open = ConcurrentHashMap.newKeySet();
    defect("5.18", "shares the current task")
        .loop(loop -> {
          open.add(loop);
          loop.currentTask.returns(current ->
              current.or(() ->
                  open.stream()
                      .filter(other -> other != loop)
                      .flatMap(other -> other.correctCurrentTask().stream())
                      .findAny()));
        });

    defect("5.19", "shows its current task on its own thread only")
        .loop(loop ->
            loop.currentTask.returns(current -> MutantLoop.onLoop() ? current : Optional.empty()));
  }

  /** Names a task to the first who asks. */
  public static void forgetAfterTheFirstStep(MutantLoop loop) {
    Set<Task<?>> asked = new HashSet<>();
    loop.currentTask.returns(current ->
        current.filter(
            task -> !(task instanceof BuiltinTask) || !MutantLoop.onLoop() || asked.add(task)));
  }

  private static void nameTheLast(MutantLoop loop) {
    AtomicReference<Task<?>> last = new AtomicReference<>();
    loop.bodies(body ->
        () -> {
          last.set(loop.correctCurrentTask().orElse(null));
          return body.call();
        });
    loop.currentTask.returns(current ->
        current.or(() -> Optional.<Task<?>>ofNullable(last.get()).filter(task -> !task.isDone())));
  }
}
