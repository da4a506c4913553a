package org.asyncio4j.tck.mutants.tasks;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.TaskLifetime;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 5: which tasks there are. */
public final class TaskVisibilityMutants extends Defects {

  public TaskVisibilityMutants() {
    defect("5.1", "shows tasks once they have started")
        .also("5.10", "5.11")
        .loop(TaskVisibilityMutants::showStartedTasks);

    defect("5.2", "shows tasks that are just done")
        .loop(TaskVisibilityMutants::showTasksThatAreJustDone);

    Set<MutantLoop> open = ConcurrentHashMap.newKeySet();
    defect("5.10", "shows the tasks of all loops")
        .loop(loop -> {
          open.add(loop);
          loop.close.before(() -> open.remove(loop));
          loop.allTasks.returns(all -> {
            open.forEach(other -> all.addAll(other.correctTasks()));
            return all;
          });
        });

    defect("5.11", "returns a set that cannot be changed")
        .also("5.30")
        .loop(loop -> loop.allTasks.returns(Set::copyOf));

    defect("5.12", "shows its tasks on its own thread only")
        .also("5.19")
        .loop(loop ->
            loop.allTasks.refuse(
                () -> loop.isRunning() && !MutantLoop.onLoop(),
                () -> new WrongThreadException("not the loop's thread")));

    defect("5.14", "loses tasks that wait")
        .also("5.12")
        .loop(loop ->
            loop.createTask.returns(task -> {
              loop.callSoon(() -> TaskLifetime.unregisterTask(task));
              return task;
            }));

    defect("5.20", "loses the options of tasks")
        .loop(loop -> {
          Map<Object, Boolean> seen = new WeakHashMap<>();
          loop.createTask.given(wanted ->
              seen.put(wanted.body(), true) == null ? wanted.with(TaskOptions.defaults()) : wanted);
        });
  }

  private static void showStartedTasks(MutantLoop loop) {
    Set<Task<?>> started = ConcurrentHashMap.newKeySet();
    loop.bodies(body ->
        () -> {
          started.add(loop.currentTask().orElseThrow());
          return body.call();
        });
    loop.allTasks.returns(all -> {
      all.removeIf(task -> task instanceof BuiltinTask && !started.contains(task));
      return all;
    });
  }

  private static void showTasksThatAreJustDone(MutantLoop loop) {
    Set<Task<?>> lingering = new HashSet<>();
    loop.createTask.returns(task -> {
      task.addDoneCallback(_ -> {
        lingering.add(task);
        loop.callSoon(() -> lingering.remove(task));
      });
      return task;
    });
    loop.allTasks.returns(all -> {
      if (MutantLoop.onLoop()) {
        all.addAll(lingering);
      }
      return all;
    });
  }
}
