package org.asyncio4j.tck.mutants;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;

/** Chapter 13: groups of tasks. */
final class GroupMutants {

  private GroupMutants() {}

  /** Calls the done callback of a task in a way of its own. */
  private interface Ending {
    void call(Future<?> done, int number, Runnable callback);
  }

  private static EventLoop ending(LoopContext context, Ending ending) {
    AtomicInteger created = new AtomicInteger();
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            int number = created.incrementAndGet();
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                super.addDoneCallback(
                    done -> ending.call(done, number, () -> callback.accept(done)), with);
              }
            };
          }
        });
  }

  @Mutant(
      rule = "13.12",
      also = {"13.14", "13.15", "13.17", "13.20"})
  static EventLoop doesNotTellWhatFailed(LoopContext context) {
    return ending(
        context,
        (done, _, callback) -> {
          if (done.isCancelled() || done.exception().isEmpty()) {
            callback.run();
          }
        });
  }

  @Mutant(
      rule = "13.13",
      also = {"13.11", "13.14", "13.20", "13.31"})
  static EventLoop hearsNoCancellationByAnotherTask(LoopContext context) {
    return TaskMutant.cancelling(
        context,
        (task, message, correct) ->
            task.loop().currentTask().filter(current -> current != task).isPresent()
                || correct.cancel(message));
  }

  @Mutant(
      rule = "13.14",
      also = {"13.22", "13.40"})
  static EventLoop hearsNoCancellationByItself(LoopContext context) {
    return TaskMutant.cancelling(
        context, (task, message, correct) -> TaskMutant.isCurrent(task) || correct.cancel(message));
  }

  @Mutant(rule = "13.15", also = "13.17")
  static EventLoop tellsOfEverySecondEndLate(LoopContext context) {
    return ending(
        context,
        (done, number, callback) -> {
          if (number % 2 == 0) {
            callback.run();
          } else {
            done.loop().callSoon(() -> done.loop().callSoon(callback));
          }
        });
  }

  @Mutant(
      rule = "13.16",
      also = {"13.6", "13.10", "13.11", "13.13", "13.14", "13.20", "13.40"})
  static EventLoop takesACancelledTaskForAFailedOne(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public boolean isCancelled() {
                return false;
              }

              @Override
              public Optional<Throwable> exception() {
                return super.isCancelled()
                    ? Optional.of(new IllegalStateException("cancelled"))
                    : super.exception();
              }
            };
          }
        });
  }

  @Mutant(rule = "13.17")
  static EventLoop doesNotKnowWhoWaits(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public List<Future<?>> awaitedBy() {
                return List.of();
              }
            };
          }
        });
  }
}
