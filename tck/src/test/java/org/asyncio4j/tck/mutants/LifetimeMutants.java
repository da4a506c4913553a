package org.asyncio4j.tck.mutants;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.TaskLifetime;
import org.asyncio4j.tck.probe.TaskHooks;

/** Chapter 5: the hooks for tasks of third parties. */
final class LifetimeMutants {

  private LifetimeMutants() {}

  /** Correct hooks. */
  private static class Hooks extends MutantProvider implements TaskHooks {
    Hooks() {
      super(CorrectLoop::new);
    }
  }

  @Mutant(rule = "5.5")
  static EventLoopProvider entersATaskWithinAnother() {
    return new Hooks() {
      @Override
      public void enterTask(EventLoop loop, Task<?> task) {
        TaskLifetime.swapCurrentTask(loop, task);
      }
    };
  }

  @Mutant(rule = "5.6")
  static EventLoopProvider leavesWhateverIsCurrent() {
    return new Hooks() {
      @Override
      public void leaveTask(EventLoop loop, Task<?> task) {
        TaskLifetime.swapCurrentTask(loop, null);
      }
    };
  }

  @Mutant(
      rule = "5.7",
      also = {"5.5", "5.6"})
  static EventLoopProvider entersNothing() {
    return new Hooks() {
      @Override
      public void enterTask(EventLoop loop, Task<?> task) {
        if (loop.currentTask().isPresent() || !CorrectLoop.onLoop()) {
          TaskLifetime.enterTask(loop, task);
        }
      }
    };
  }

  @Mutant(rule = "5.8")
  static EventLoopProvider showsTasksThatAreDone() {
    Set<Task<?>> registered = ConcurrentHashMap.newKeySet();
    class Provider extends MutantProvider implements TaskHooks {
      Provider() {
        super(context ->
            new CorrectLoop(context) {
              @Override
              public Set<Task<?>> allTasks() {
                Set<Task<?>> all = super.allTasks();
                registered.stream().filter(Task::isDone).forEach(all::add);
                return all;
              }

              @Override
              public void close() {
                registered.clear();
                super.close();
              }
            });
      }

      @Override
      public void registerTask(Task<?> task) {
        TaskLifetime.registerTask(task);
        if (task.toString().contains("finishes")) {
          registered.add(task);
        }
      }
    }
    return new Provider();
  }

  @Mutant(rule = "5.9")
  static EventLoopProvider refusesToUnregisterWhatIsNotRegistered() {
    return new Hooks() {
      @Override
      public void unregisterTask(Task<?> task) {
        if (!task.loop().allTasks().contains(task)) {
          throw new IllegalStateException("not registered");
        }
        TaskLifetime.unregisterTask(task);
      }
    };
  }

  @Mutant(rule = "5.13")
  static EventLoopProvider keepsEveryTaskAlive() {
    return new Hooks() {
      private final Map<Task<?>, Boolean> kept = new HashMap<>();

      @Override
      public void registerTask(Task<?> task) {
        kept.put(task, true);
        TaskLifetime.registerTask(task);
      }
    };
  }

  @Mutant(rule = "5.15")
  static EventLoopProvider entersOnAnyThread() {
    return new Hooks() {
      @Override
      public void enterTask(EventLoop loop, Task<?> task) {
        if (CorrectLoop.onLoop()) {
          TaskLifetime.enterTask(loop, task);
        }
      }
    };
  }

  @Mutant(rule = "5.16")
  static EventLoopProvider forgetsTheFormerTask() {
    return new Hooks() {
      @Override
      public Task<?> swapCurrentTask(EventLoop loop, Task<?> task) {
        Task<?> former = TaskLifetime.swapCurrentTask(loop, task);
        return task == null ? former : null;
      }
    };
  }

  @Mutant(rule = "5.17", also = "5.30")
  static EventLoopProvider ignoresEagerTasks() {
    return new Hooks() {
      @Override
      public void registerEagerTask(Task<?> task) {}
    };
  }

  @Mutant(rule = "5.30")
  static EventLoop showsOneOfSeveralEqualTasks(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Set<Task<?>> allTasks() {
        return new HashSet<>(super.allTasks());
      }
    };
  }

  @Mutant(rule = "5.30")
  static EventLoopProvider unregistersAllEqualTasks() {
    return new Hooks() {
      @Override
      public void unregisterTask(Task<?> task) {
        for (Task<?> registered : task.loop().allTasks()) {
          if (registered.equals(task)) {
            TaskLifetime.unregisterTask(registered);
          }
        }
      }
    };
  }
}
