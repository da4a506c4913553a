package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;

/** Chapter 12: shields, races and the call graph. */
final class ShieldMutants {

  private ShieldMutants() {}

  @Mutant(rule = "12.13", also = "12.14")
  static EventLoop cancelsWhatACancelledFutureWaitsFor(LoopContext context) {
    return new CorrectLoop(context) {
      private final MadeFutures made = new MadeFutures();

      @Override
      public <T> Promise<T> createFuture() {
        Promise<T> future =
            new BuiltinFuture<T>(this) {
              @Override
              public boolean cancel(String message) {
                boolean accepted = super.cancel(message);
                made.cancel(other -> other.awaitedBy().stream().anyMatch(Future::isCancelled));
                return accepted;
              }
            };
        made.add(future);
        return future;
      }

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        Task<T> task = super.createTask(body, options);
        made.add(task);
        return task;
      }
    };
  }

  @Mutant(rule = "12.14")
  static EventLoop removesNoCallback(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public int removeDoneCallback(Consumer<? super Future<T>> callback) {
                return 0;
              }
            };
          }
        });
  }

  @Mutant(rule = "12.15", also = "12.9")
  static EventLoop forgetsTimersOfTasks(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callLater(Duration delay, Runnable callback) {
        TimerHandle timer = super.callLater(delay, callback);
        if (currentTask().isPresent() && !delay.isZero()) {
          timer.cancel();
        }
        return timer;
      }
    };
  }

  @Mutant(rule = "12.16", also = "12.15")
  static EventLoop cancelsNoTaskFromACallback(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public boolean cancel(String message) {
                boolean inCallback = CorrectLoop.onLoop() && loop.currentTask().isEmpty();
                return inCallback ? !isDone() : super.cancel(message);
              }
            };
          }
        });
  }

  @Mutant(rule = "12.17")
  static EventLoop cancelsOneTaskAStep(LoopContext context) {
    return new CorrectLoop(context) {
      private Optional<Task<?>> last = Optional.empty();

      @Override
      protected void poll(long waitNanos) throws IOException {
        last = Optional.empty();
        super.poll(waitNanos);
      }

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return new BuiltinTask<T>(this, body, options) {
          @Override
          public boolean cancel(String message) {
            Optional<Task<?>> current = currentTask();
            boolean again = current.isPresent() && current.equals(last);
            last = current;
            return again || super.cancel(message);
          }
        };
      }
    };
  }

  @Mutant(rule = "12.18")
  static EventLoop doesNotTellWhoWaits(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public List<Future<?>> awaitedBy() {
                return List.of();
              }
            };
          }
        });
  }

  @Mutant(rule = "12.18")
  static EventLoop forgetsWhoWaitsWithACallback(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public List<Future<?>> awaitedBy() {
                return super.awaitedBy().stream()
                    .filter(awaiter -> awaiter instanceof Task<?>)
                    .<Future<?>>map(awaiter -> awaiter)
                    .toList();
              }
            };
          }
        });
  }

  @Mutant(rule = "12.19")
  static EventLoop claimsToBelongToWhoeverAsks(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new StrayPromise<>(new BuiltinFuture<>(loop));
          }
        });
  }

  @Mutant(rule = "12.20", also = "12.14")
  static EventLoop callsOnlyWhoSaysThatItWaits(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                if ((Object) callback instanceof AwaitingCallback<?>) {
                  super.addDoneCallback(callback, with);
                }
              }
            };
          }
        });
  }
}
