package org.asyncio4j.tck.mutants;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.coroutine.Coroutine;

/** Chapter 15: who waits for whom. */
final class CallGraphMutants {

  private CallGraphMutants() {}

  /** What futures of a mutant answer. */
  private static EventLoop withFutures(
      LoopContext context, UnaryOperator<List<Future<?>>> awaiters) {
    return new CorrectLoop(context) {
      @Override
      public <T> Promise<T> createFuture() {
        return new BuiltinFuture<T>(this) {
          @Override
          public List<Future<?>> awaitedBy() {
            return awaiters.apply(super.awaitedBy());
          }
        };
      }
    };
  }

  /** What tasks of a mutant answer. */
  private static EventLoop withTasks(LoopContext context, UnaryOperator<List<Future<?>>> awaiters) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return new BuiltinTask<T>(this, body, options) {
          @Override
          public List<Future<?>> awaitedBy() {
            return awaiters.apply(super.awaitedBy());
          }
        };
      }
    };
  }

  private static List<Future<?>> onlyTasks(List<Future<?>> awaiters) {
    return awaiters.stream().filter(Task.class::isInstance).toList();
  }

  @Mutant(rule = "15.14")
  static EventLoop namesTheLastToAwaitFirst(LoopContext context) {
    return withFutures(context, List::reversed);
  }

  @Mutant(rule = "15.15")
  static EventLoop ignoresCallbacksThatNameTheirAwaiter(LoopContext context) {
    return withFutures(context, CallGraphMutants::onlyTasks);
  }

  @Mutant(rule = "15.16")
  static EventLoop namesThoseWhoHaveWaited(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Promise<T> createFuture() {
        return new BuiltinFuture<T>(this) {
          private List<Future<?>> last = List.of();

          @Override
          public void setResult(T value) {
            last = super.awaitedBy();
            super.setResult(value);
          }

          @Override
          public List<Future<?>> awaitedBy() {
            return isDone() ? last : super.awaitedBy();
          }
        };
      }
    };
  }

  @Mutant(rule = "15.17", also = "15.18")
  static EventLoop doesNotKnowWhoAwaitsATask(LoopContext context) {
    return withTasks(context, _ -> List.of());
  }

  @Mutant(rule = "15.17", also = "15.11")
  static EventLoop doesNotKnowWhereASuspendedBodyIs(LoopContext context) {
    return withStacks(context, true);
  }

  @Mutant(rule = "15.18")
  static EventLoop ignoresCallbacksOfTasks(LoopContext context) {
    return withTasks(context, CallGraphMutants::onlyTasks);
  }

  @Mutant(rule = "15.19", also = "15.11")
  static EventLoop doesNotKnowWhereARunningBodyIs(LoopContext context) {
    return withStacks(context, false);
  }

  /** Has no stacks of suspended bodies, or of running ones. */
  private static EventLoop withStacks(LoopContext context, boolean ofRunning) {
    return new TaskMutant(context) {
      @Override
      Map<String, Altered.Alteration> ofCoroutine(Coroutine<?> correct) {
        return Map.of(
            "stack", _ -> currentTask().isPresent() == ofRunning ? correct.stack() : List.of());
      }
    };
  }
}
