package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;

/** Chapter 6: requests for cancellation, which are counted and taken back. */
final class CancelRequestMutants {

  private CancelRequestMutants() {}

  @Mutant(
      rule = "6.9",
      also = {"6.13", "6.29", "6.51"})
  static EventLoop raisesInATaskThatCancelsItself(LoopContext context) {
    return TaskMutant.cancelling(
        context,
        (task, message, correct) -> {
          boolean accepted = correct.cancel(message);
          if (accepted && TaskMutant.isCurrent(task)) {
            throw new CancelledError(message);
          }
          return accepted;
        });
  }

  @Mutant(rule = "6.10", also = "6.33")
  static EventLoop losesACancellationInTheLastStep(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return super.createTask(
            () -> {
              T value = body.call();
              Task<?> own = currentTask().orElseThrow();
              while (own.cancelling() > 0) {
                int ignored = own.uncancel();
              }
              return value;
            },
            options);
      }
    };
  }

  @Mutant(
      rule = "6.11",
      also = {"6.12", "6.33", "6.51", "6.61", "6.62"})
  static EventLoop canBeCancelledOnce(LoopContext context) {
    return TaskMutant.cancelling(
        context, (task, message, correct) -> task.cancelling() > 0 || correct.cancel(message));
  }

  @Mutant(
      rule = "6.12",
      also = {"6.51", "6.61", "6.62"})
  static EventLoop countsOneRequestATick(LoopContext context) {
    return new TaskMutant(context) {
      private final Map<Task<?>, Integer> ticksOfRequests = new HashMap<>();
      private int ticks;

      @Override
      protected void poll(long waitNanos) throws IOException {
        ticks++;
        super.poll(waitNanos);
      }

      @Override
      boolean cancel(BuiltinTask<?> task, String message, Correct correct) {
        Integer last = ticksOfRequests.put(task, ticks);
        boolean again = last != null && last == ticks && task.cancelling() > 0;
        return again || correct.cancel(message);
      }
    };
  }

  @Mutant(rule = "6.13")
  static EventLoop cancelsAgainWhatWasTakenBack(LoopContext context) {
    return TaskMutant.cancelling(
        context,
        (task, message, correct) -> {
          if (TaskMutant.isCurrent(task)) {
            task.loop().callSoon(() -> correct.cancel(message));
          }
          return correct.cancel(message);
        });
  }
}
