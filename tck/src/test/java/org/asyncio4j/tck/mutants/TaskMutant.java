package org.asyncio4j.tck.mutants;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.coroutine.Coroutine;

/** The correct loop with a defect in its tasks, or in what suspends their bodies. */
abstract class TaskMutant extends CorrectLoop {

  /** What cancelling a task of a mutant does. */
  interface Cancel {
    boolean cancel(BuiltinTask<?> task, String message, Correct correct);
  }

  /** What cancelling a task does if nothing is wrong. */
  interface Correct {
    boolean cancel(String message);
  }

  /** What a method of the current task does instead. */
  interface Alteration {
    Object call(int number, Task<?> correct, Object[] args);
  }

  private final Map<Task<?>, Task<?>> altered = new ConcurrentHashMap<>();

  TaskMutant(LoopContext context) {
    super(context);
  }

  /** A mutant that is wrong when its tasks are cancelled. */
  static EventLoop cancelling(LoopContext context, Cancel cancel) {
    return new TaskMutant(context) {
      @Override
      boolean cancel(BuiltinTask<?> task, String message, Correct correct) {
        return cancel.cancel(task, message, correct);
      }
    };
  }

  /** A mutant of which the current task does something else in one of its methods. */
  static EventLoop altering(LoopContext context, String method, Alteration instead) {
    AtomicInteger calls = new AtomicInteger();
    return new TaskMutant(context) {
      @Override
      Map<String, Altered.Alteration> ofCurrentTask(Task<?> correct) {
        return Map.of(method, args -> instead.call(calls.incrementAndGet(), correct, args));
      }
    };
  }

  static boolean isCurrent(Task<?> task) {
    return task.loop()
        .currentTask()
        .filter(current -> Altered.unwrapped(current) == task)
        .isPresent();
  }

  boolean cancel(BuiltinTask<?> task, String message, Correct correct) {
    return correct.cancel(message);
  }

  /** What methods of a coroutine do instead. */
  Map<String, Altered.Alteration> ofCoroutine(Coroutine<?> correct) {
    return Map.of();
  }

  /** What methods of a task do instead, as far as its own body calls them. */
  Map<String, Altered.Alteration> ofCurrentTask(Task<?> correct) {
    return Map.of();
  }

  @Override
  public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
    return new BuiltinTask<T>(this, body, options) {
      @Override
      public boolean cancel(String message) {
        return TaskMutant.this.cancel(this, message, super::cancel);
      }
    };
  }

  @Override
  @SuppressWarnings("unchecked")
  public final <T> Coroutine<T> newCoroutine(
      String threadName, Callable<? extends T> body, Runnable onRunnable) {
    Coroutine<T> correct = super.newCoroutine(threadName, body, onRunnable);
    Map<String, Altered.Alteration> instead = ofCoroutine(correct);
    return instead.isEmpty() ? correct : Altered.of(Coroutine.class, correct, instead);
  }

  @Override
  public final Optional<Task<?>> currentTask() {
    return correctCurrentTask().map(this::altered);
  }

  private Task<?> altered(Task<?> correct) {
    Task<?> known = altered.get(correct);
    if (known != null) {
      return known;
    }
    Map<String, Altered.Alteration> instead = ofCurrentTask(correct);
    if (instead.isEmpty()) {
      return correct;
    }
    Task<?> made = Altered.of(Task.class, correct, instead);
    altered.put(correct, made);
    return made;
  }
}
