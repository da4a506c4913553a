package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;

/** Chapter 6: cancellation. */
final class CancellationMutants {

  private CancellationMutants() {}

  @Mutant(rule = "6.5", also = "6.51")
  static EventLoop startsBodiesThatAreCancelled(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            boolean[] started = new boolean[1];
            Callable<T> marking =
                () -> {
                  started[0] = true;
                  return body.call();
                };
            return new BuiltinTask<T>(loop, marking, options) {
              @Override
              public boolean cancel(String message) {
                if (started[0]) {
                  return super.cancel(message);
                }
                loop.callSoon(() -> super.cancel(message));
                return true;
              }
            };
          }
        });
  }

  @Mutant(
      rule = "6.6",
      also = {
        "6.8", "6.11", "6.12", "6.14", "6.18", "6.26", "6.27", "6.28", "6.30", "6.31", "6.32",
        "6.33", "6.50", "6.51", "6.60", "6.61", "6.62"
      })
  static EventLoop isDoneAsSoonAsItIsCancelled(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              private volatile boolean cancelled;

              @Override
              public boolean cancel(String message) {
                boolean accepted = super.cancel(message);
                cancelled |= accepted && !TaskMutant.isCurrent(this);
                return accepted;
              }

              @Override
              public boolean isDone() {
                return cancelled || super.isDone();
              }

              @Override
              public boolean isCancelled() {
                return cancelled || super.isCancelled();
              }
            };
          }
        });
  }

  @Mutant(rule = "6.7", also = "6.11")
  static EventLoop cancelsTheAwaitedFutureATickLate(LoopContext context) {
    return new TaskMutant(context) {
      private boolean inside;

      @Override
      public <T> Promise<T> createFuture() {
        return new BuiltinFuture<T>(this) {
          @Override
          public boolean cancel(String message) {
            if (!inside || isDone()) {
              return super.cancel(message);
            }
            loop().callSoon(() -> super.cancel(message));
            return true;
          }
        };
      }

      @Override
      boolean cancel(BuiltinTask<?> task, String message, Correct correct) {
        inside = true;
        try {
          return correct.cancel(message);
        } finally {
          inside = false;
        }
      }
    };
  }

  @Mutant(rule = "6.8")
  static EventLoop cancelsTheOuterTaskWhateverTheInnerOneDoes(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public T await() {
                T value = super.await();
                if (loop.currentTask().filter(task -> task.cancelling() > 0).isPresent()) {
                  throw new CancelledError("although the inner task refused");
                }
                return value;
              }
            };
          }
        });
  }

  @Mutant(
      rule = "6.14",
      also = {"6.27", "6.32", "6.50", "6.51", "6.62"})
  static EventLoop losesTheMessage(LoopContext context) {
    return TaskMutant.cancelling(context, (_, _, correct) -> correct.cancel(null));
  }

  @Mutant(rule = "6.17")
  static EventLoop claimsToCancelWhatIsDone(LoopContext context) {
    return TaskMutant.cancelling(
        context, (task, message, correct) -> correct.cancel(message) || task.isDone());
  }

  @Mutant(
      rule = "6.18",
      also = {"6.8", "6.14"})
  static EventLoop answersNullWhenTheAwaitedTaskIsCancelled(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public T await() {
                try {
                  return super.await();
                } catch (CancelledError cancelled) {
                  if (isCancelled()) {
                    return null;
                  }
                  throw cancelled;
                }
              }
            };
          }
        });
  }

  @Mutant(rule = "6.19", also = "6.51")
  static EventLoop ignoresACancellationThatComesWithTheResult(LoopContext context) {
    return new TaskMutant(context) {
      private boolean completed;

      @Override
      protected void poll(long waitNanos) throws IOException {
        completed = false;
        super.poll(waitNanos);
      }

      @Override
      public <T> Promise<T> createFuture() {
        return new BuiltinFuture<T>(this) {
          @Override
          public void setResult(T value) {
            super.setResult(value);
            completed = true;
          }
        };
      }

      @Override
      boolean cancel(BuiltinTask<?> task, String message, Correct correct) {
        return !completed && correct.cancel(message);
      }
    };
  }
}
