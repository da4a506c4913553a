package org.asyncio4j.tck.mutants.tasks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.TaskLifetime;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Loops;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.probe.TaskHooks;

/** Chapter 5: the hooks for tasks of third parties. */
public final class TaskLifetimeMutants extends Defects {

  public TaskLifetimeMutants() {
    current();
    registered();
    equalTasks();
  }

  /** Offers correct loops and correct hooks. */
  private static class Hooks extends Loops implements TaskHooks {}

  private void current() {
    defect("5.5", "enters a task within another")
        .provider(
            new Hooks() {
              @Override
              public void enterTask(EventLoop loop, Task<?> task) {
                TaskLifetime.swapCurrentTask(loop, task);
              }
            });

    defect("5.6", "leaves whatever is current")
        .provider(
            new Hooks() {
              @Override
              public void leaveTask(EventLoop loop, Task<?> task) {
                TaskLifetime.swapCurrentTask(loop, null);
              }
            });

    defect("5.7", "enters nothing")
        .also("5.5", "5.6")
        .provider(
            new Hooks() {
              @Override
              public void enterTask(EventLoop loop, Task<?> task) {
                if (loop.currentTask().isPresent() || !MutantLoop.onLoop()) {
                  TaskLifetime.enterTask(loop, task);
                }
              }
            });

    defect("5.15", "enters on any thread")
        .provider(
            new Hooks() {
              @Override
              public void enterTask(EventLoop loop, Task<?> task) {
                if (MutantLoop.onLoop()) {
                  TaskLifetime.enterTask(loop, task);
                }
              }
            });

    defect("5.16", "forgets the former task")
        .provider(
            new Hooks() {
              @Override
              public Task<?> swapCurrentTask(EventLoop loop, Task<?> task) {
                Task<?> former = TaskLifetime.swapCurrentTask(loop, task);
                return task == null ? former : null;
              }
            });
  }

  private void registered() {
    defect("5.8", "shows tasks that are done").provider(new ShowingDoneTasks());

    defect("5.9", "refuses to unregister what is not registered")
        .provider(
            new Hooks() {
              @Override
              public void unregisterTask(Task<?> task) {
                if (!task.loop().allTasks().contains(task)) {
                  throw new IllegalStateException("not registered");
                }
                TaskLifetime.unregisterTask(task);
              }
            });

    defect("5.13", "keeps every task alive")
        .provider(
            new Hooks() {
              private final Map<Task<?>, Boolean> kept = new HashMap<>();

              @Override
              public void registerTask(Task<?> task) {
                kept.put(task, true);
                TaskLifetime.registerTask(task);
              }
            });

    defect("5.17", "ignores eager tasks")
        .also("5.30")
        .provider(
            new Hooks() {
              @Override
              public void registerEagerTask(Task<?> task) {}
            });
  }

  private void equalTasks() {
    defect("5.30", "shows one of several equal tasks")
        .loop(loop -> loop.allTasks.returns(HashSet::new));

    defect("5.30", "unregisters all equal tasks")
        .provider(
            new Hooks() {
              @Override
              public void unregisterTask(Task<?> task) {
                for (Task<?> registered : task.loop().allTasks()) {
                  if (registered.equals(task)) {
                    TaskLifetime.unregisterTask(registered);
                  }
                }
              }
            });
  }

  private static final class ShowingDoneTasks extends Loops implements TaskHooks {

    private final Set<Task<?>> registered;

    ShowingDoneTasks() {
      this(ConcurrentHashMap.newKeySet());
    }

    private ShowingDoneTasks(Set<Task<?>> registered) {
      super(context -> {
        MutantLoop loop = MutantLoop.correct(context);
        loop.close.before(registered::clear);
        loop.allTasks.returns(all -> {
          registered.stream().filter(Task::isDone).forEach(all::add);
          return all;
        });
        return loop;
      });
      this.registered = registered;
    }

    @Override
    public void registerTask(Task<?> task) {
      TaskLifetime.registerTask(task);
      if (task.toString().contains("finishes")) {
        registered.add(task);
      }
    }
  }
}
