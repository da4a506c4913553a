package org.asyncio4j.tck.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.TaskLifetime;

/** Chapter 15: eager starts. */
final class EagerMutants {

  private EagerMutants() {}

  /** A loop that does something around the start of an eager task. */
  private abstract static class Eager extends CorrectLoop {

    int depth;

    Eager(LoopContext context) {
      super(context);
    }

    @Override
    public final <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
      if (!options.eagerStart() || !onLoop()) {
        return create(body, options);
      }
      depth++;
      try {
        return start(body, options);
      } finally {
        depth--;
      }
    }

    final <T> Task<T> create(Callable<? extends T> body, TaskOptions options) {
      return super.createTask(body, options);
    }

    abstract <T> Task<T> start(Callable<? extends T> body, TaskOptions options);
  }

  @Mutant(
      rule = "15.1",
      also = {"15.4", "15.5", "15.7", "15.8", "15.12", "15.13"})
  static EventLoop startsNothingInTasks(LoopContext context) {
    return new Eager(context) {
      @Override
      <T> Task<T> start(Callable<? extends T> body, TaskOptions options) {
        return create(body, options.withEagerStart(currentTask().isEmpty()));
      }
    };
  }

  @Mutant(rule = "15.2")
  static EventLoop startsNothingInCallbacks(LoopContext context) {
    return new Eager(context) {
      @Override
      <T> Task<T> start(Callable<? extends T> body, TaskOptions options) {
        return create(body, options.withEagerStart(currentTask().isPresent()));
      }
    };
  }

  @Mutant(
      rule = "15.3",
      also = {"15.5", "15.6", "15.8", "15.11", "15.12"})
  static EventLoop takesTheCreatorForTheCurrentTask(LoopContext context) {
    return new Eager(context) {
      private Optional<Task<?>> creator = Optional.empty();

      @Override
      <T> Task<T> start(Callable<? extends T> body, TaskOptions options) {
        creator = correctCurrentTask();
        return create(body, options);
      }

      @Override
      public Optional<Task<?>> currentTask() {
        return depth > 0 ? creator : super.currentTask();
      }
    };
  }

  @Mutant(rule = "15.4")
  static EventLoop leavesATaskCurrentThatHasFailed(LoopContext context) {
    return new Eager(context) {
      private Task<?> failed;

      @Override
      <T> Task<T> start(Callable<? extends T> body, TaskOptions options) {
        boolean[] threw = new boolean[1];
        Callable<T> noting =
            () -> {
              try {
                return body.call();
              } catch (Exception thrown) {
                threw[0] = true;
                throw thrown;
              }
            };
        Task<T> task = create(noting, options);
        if (threw[0]) {
          failed = task;
          callSoon(() -> failed = null);
        }
        return task;
      }

      @Override
      public Optional<Task<?>> currentTask() {
        return failed == null ? super.currentTask() : Optional.of(failed);
      }
    };
  }

  @Mutant(rule = "15.5")
  static EventLoop knowsTheOutermostCreatorOnly(LoopContext context) {
    return new Eager(context) {
      private Optional<Task<?>> outermost = Optional.empty();
      private boolean nested;

      @Override
      <T> Task<T> start(Callable<? extends T> body, TaskOptions options) {
        if (depth == 1) {
          outermost = correctCurrentTask();
        }
        Task<T> task = create(body, options);
        nested = depth > 1;
        return task;
      }

      @Override
      public Optional<Task<?>> currentTask() {
        return nested ? outermost : super.currentTask();
      }
    };
  }

  @Mutant(rule = "15.6")
  static EventLoop hidesTasksInTheirFirstStep(LoopContext context) {
    return new Eager(context) {
      @Override
      <T> Task<T> start(Callable<? extends T> body, TaskOptions options) {
        return create(body, options);
      }

      @Override
      public Set<Task<?>> allTasks() {
        Set<Task<?>> all = super.allTasks();
        if (depth > 0) {
          correctCurrentTask().ifPresent(all::remove);
        }
        return all;
      }
    };
  }

  @Mutant(rule = "15.7")
  static EventLoop forgetsTasksThatWaitInTheirFirstStep(LoopContext context) {
    return new Eager(context) {
      @Override
      <T> Task<T> start(Callable<? extends T> body, TaskOptions options) {
        Task<T> task = create(body, options);
        TaskLifetime.unregisterTask(task);
        return task;
      }
    };
  }

  @Mutant(rule = "15.8")
  static EventLoop callsBackAtOnce(LoopContext context) {
    return new Eager(context) {
      @Override
      <T> Task<T> start(Callable<? extends T> body, TaskOptions options) {
        List<Consumer<? super Future<T>>> early = new ArrayList<>();
        boolean[] started = new boolean[1];
        Task<T> task =
            new BuiltinTask<T>(this, body, options) {
              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                if (started[0]) {
                  super.addDoneCallback(callback, with);
                } else {
                  early.add(callback);
                }
              }
            };
        started[0] = true;
        if (task.isDone()) {
          early.forEach(callback -> callback.accept(task));
        } else {
          early.forEach(task::addDoneCallback);
        }
        return task;
      }
    };
  }

  @Mutant(rule = "15.9")
  static EventLoop startsThoughItDoesNotRun(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        if (!options.eagerStart() || isRunning()) {
          return super.createTask(body, options);
        }
        try {
          T value = body.call();
          return super.createTask(() -> value, options);
        } catch (Exception failure) {
          throw new IllegalStateException(failure);
        }
      }
    };
  }

  @Mutant(rule = "15.10")
  static EventLoop startsOnAnyThread(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        if (options.eagerStart() && isRunning() && !onLoop()) {
          try {
            body.call();
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        }
        return super.createTask(body, options);
      }
    };
  }

  @Mutant(rule = "15.11", also = "15.5")
  static EventLoop givesTheNameAfterTheFirstStep(LoopContext context) {
    return new Eager(context) {
      @Override
      <T> Task<T> start(Callable<? extends T> body, TaskOptions options) {
        Task<T> task = create(body, options.withName("not yet named"));
        options.name().ifPresent(task::setName);
        return task;
      }
    };
  }

  @Mutant(rule = "15.12")
  static EventLoop losesWhatIsCancelledInAFirstStep(LoopContext context) {
    return new Eager(context) {
      @Override
      <T> Task<T> start(Callable<? extends T> body, TaskOptions options) {
        boolean[] started = new boolean[1];
        Task<T> task =
            new BuiltinTask<T>(this, body, options) {
              @Override
              public boolean cancel(String message) {
                return !started[0] || super.cancel(message);
              }
            };
        started[0] = true;
        return task;
      }
    };
  }

  @Mutant(rule = "15.13")
  static EventLoop waitsForABodyThatBlocks(LoopContext context) {
    return new CorrectLoop(context.withCoroutines(CoroutineMode.HANDOFF));
  }
}
