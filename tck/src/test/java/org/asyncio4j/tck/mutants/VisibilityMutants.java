package org.asyncio4j.tck.mutants;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.TaskLifetime;

/** Chapter 5: which tasks there are, and which one runs. */
final class VisibilityMutants {

  private VisibilityMutants() {}

  @Mutant(
      rule = "5.1",
      also = {"5.10", "5.11"})
  static EventLoop showsTasksOnceTheyHaveStarted(LoopContext context) {
    return new CorrectLoop(context) {
      private final Set<Task<?>> started = ConcurrentHashMap.newKeySet();

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return super.createTask(
            () -> {
              started.add(currentTask().orElseThrow());
              return body.call();
            },
            options);
      }

      @Override
      public Set<Task<?>> allTasks() {
        Set<Task<?>> all = super.allTasks();
        all.removeIf(task -> task instanceof BuiltinTask && !started.contains(task));
        return all;
      }
    };
  }

  @Mutant(rule = "5.2")
  static EventLoop showsTasksThatAreJustDone(LoopContext context) {
    return new CorrectLoop(context) {
      private final Set<Task<?>> lingering = new HashSet<>();

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        Task<T> task = super.createTask(body, options);
        task.addDoneCallback(_ -> {
          lingering.add(task);
          callSoon(() -> lingering.remove(task));
        });
        return task;
      }

      @Override
      public Set<Task<?>> allTasks() {
        Set<Task<?>> all = super.allTasks();
        if (onLoop()) {
          all.addAll(lingering);
        }
        return all;
      }
    };
  }

  @Mutant(
      rule = "5.3",
      also = {"5.16", "5.18"})
  static EventLoop forgetsTheCurrentTaskAfterItsFirstStep(LoopContext context) {
    return new CorrectLoop(context) {
      private final Set<Task<?>> asked = new HashSet<>();

      @Override
      public Optional<Task<?>> currentTask() {
        return super.currentTask()
            .filter(task -> !(task instanceof BuiltinTask) || !onLoop() || asked.add(task));
      }
    };
  }

  @Mutant(rule = "5.4")
  static EventLoop takesTheLastTaskForTheCurrentOne(LoopContext context) {
    return new CorrectLoop(context) {
      private volatile Task<?> last;

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return super.createTask(
            () -> {
              last = super.currentTask().orElse(null);
              return body.call();
            },
            options);
      }

      @Override
      public Optional<Task<?>> currentTask() {
        Task<?> former = last;
        return super.currentTask()
            .or(() -> Optional.<Task<?>>ofNullable(former).filter(task -> !task.isDone()));
      }
    };
  }

  @Mutant(rule = "5.10")
  static EventLoopProvider showsTheTasksOfAllLoops() {
    Set<CorrectLoop> open = ConcurrentHashMap.newKeySet();
    return new MutantProvider(context -> {
      CorrectLoop loop =
          new CorrectLoop(context) {
            @Override
            public Set<Task<?>> allTasks() {
              Set<Task<?>> all = super.allTasks();
              open.forEach(other -> all.addAll(other.correctTasks()));
              return all;
            }

            @Override
            public void close() {
              open.remove(this);
              super.close();
            }
          };
      open.add(loop);
      return loop;
    });
  }

  @Mutant(rule = "5.11", also = "5.30")
  static EventLoop answersASetThatCannotBeChanged(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Set<Task<?>> allTasks() {
        return Set.copyOf(super.allTasks());
      }
    };
  }

  @Mutant(rule = "5.12", also = "5.19")
  static EventLoop showsItsTasksOnItsOwnThreadOnly(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Set<Task<?>> allTasks() {
        if (isRunning() && !onLoop()) {
          throw new WrongThreadException("not the loop's thread");
        }
        return super.allTasks();
      }
    };
  }

  @Mutant(rule = "5.14", also = "5.12")
  static EventLoop losesTasksThatWait(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        Task<T> task = super.createTask(body, options);
        callSoon(() -> TaskLifetime.unregisterTask(task));
        return task;
      }
    };
  }

  @Mutant(rule = "5.18")
  static EventLoopProvider sharesTheCurrentTask() {
    Map<CorrectLoop, Boolean> open = new ConcurrentHashMap<>();
    return new MutantProvider(context -> {
      CorrectLoop loop =
          new CorrectLoop(context) {
            @Override
            public Optional<Task<?>> currentTask() {
              return super.currentTask()
                  .or(() ->
                      open.keySet().stream()
                          .filter(other -> other != this)
                          .flatMap(other -> other.correctCurrentTask().stream())
                          .findAny());
            }
          };
      open.put(loop, true);
      return loop;
    });
  }

  @Mutant(rule = "5.19")
  static EventLoop tellsItsCurrentTaskOnItsOwnThreadOnly(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Optional<Task<?>> currentTask() {
        return onLoop() ? super.currentTask() : Optional.empty();
      }
    };
  }

  @Mutant(rule = "5.20")
  static EventLoop losesTheOptionsOfTasks(LoopContext context) {
    return new CorrectLoop(context) {
      private final Map<Object, Boolean> seen = new WeakHashMap<>();

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        boolean first = seen.put(body, true) == null;
        return super.createTask(body, first ? TaskOptions.defaults() : options);
      }
    };
  }
}
