package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** What cancelling a task of a mutant does. */
  private interface Cancel {
    boolean cancel(BuiltinTask<?> task, String message, Correct correct);
  }

  /** What cancelling a task does if nothing is wrong. */
  private interface Correct {
    boolean cancel(String message);
  }

  private static EventLoop cancelling(LoopContext context, Cancel cancel) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public boolean cancel(String message) {
                return cancel.cancel(this, message, super::cancel);
              }
            };
          }
        });
  }

  private static boolean isCurrent(Task<?> task) {
    return task.loop().currentTask().filter(current -> current == task).isPresent();
  }

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
        "6.33", "6.50", "6.51"
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
                cancelled |= accepted && !isCurrent(this);
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
    boolean[] inside = new boolean[1];
    return new CorrectLoop(context) {
      @Override
      public <T> Promise<T> createFuture() {
        return new BuiltinFuture<T>(this) {
          @Override
          public boolean cancel(String message) {
            if (!inside[0] || isDone()) {
              return super.cancel(message);
            }
            loop().callSoon(() -> super.cancel(message));
            return true;
          }
        };
      }

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return new BuiltinTask<T>(this, body, options) {
          @Override
          public boolean cancel(String message) {
            inside[0] = true;
            try {
              return super.cancel(message);
            } finally {
              inside[0] = false;
            }
          }
        };
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
      rule = "6.9",
      also = {"6.13", "6.29", "6.51"})
  static EventLoop raisesInATaskThatCancelsItself(LoopContext context) {
    return cancelling(
        context,
        (task, message, correct) -> {
          boolean accepted = correct.cancel(message);
          if (accepted && isCurrent(task)) {
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
      also = {"6.12", "6.33", "6.51"})
  static EventLoop canBeCancelledOnce(LoopContext context) {
    return cancelling(
        context, (task, message, correct) -> task.cancelling() > 0 || correct.cancel(message));
  }

  @Mutant(rule = "6.12", also = "6.51")
  static EventLoop countsOneRequestATick(LoopContext context) {
    return new CorrectLoop(context) {
      private final AtomicInteger ticks = new AtomicInteger();

      @Override
      protected void poll(long waitNanos) throws IOException {
        ticks.incrementAndGet();
        super.poll(waitNanos);
      }

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return new BuiltinTask<T>(this, body, options) {
          private int last = -1;

          @Override
          public boolean cancel(String message) {
            boolean again = last == ticks.get() && cancelling() > 0;
            last = ticks.get();
            return again || super.cancel(message);
          }
        };
      }
    };
  }

  @Mutant(rule = "6.13")
  static EventLoop cancelsAgainWhatWasTakenBack(LoopContext context) {
    return cancelling(
        context,
        (task, message, correct) -> {
          if (isCurrent(task)) {
            task.loop().callSoon(() -> correct.cancel(message));
          }
          return correct.cancel(message);
        });
  }

  @Mutant(
      rule = "6.14",
      also = {"6.27", "6.32", "6.50", "6.51"})
  static EventLoop losesTheMessage(LoopContext context) {
    return cancelling(context, (_, _, correct) -> correct.cancel(null));
  }

  @Mutant(rule = "6.17")
  static EventLoop claimsToCancelWhatIsDone(LoopContext context) {
    return cancelling(
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
    boolean[] completed = new boolean[1];
    return new CorrectLoop(context) {
      @Override
      protected void poll(long waitNanos) throws IOException {
        completed[0] = false;
        super.poll(waitNanos);
      }

      @Override
      public <T> Promise<T> createFuture() {
        return new BuiltinFuture<T>(this) {
          @Override
          public void setResult(T value) {
            super.setResult(value);
            completed[0] = true;
          }
        };
      }

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return new BuiltinTask<T>(this, body, options) {
          @Override
          public boolean cancel(String message) {
            return !completed[0] && super.cancel(message);
          }
        };
      }
    };
  }

  /** Which message counts, of those that a future or task was given; the last is the newest. */
  private interface Choice {
    String choose(List<String> given, int number);
  }

  private static EventLoop remembering(LoopContext context, Choice choice) {
    AtomicInteger made = new AtomicInteger();
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            int number = made.incrementAndGet();
            return new BuiltinFuture<T>(loop) {
              private final List<String> messages = new ArrayList<>();

              @Override
              public boolean cancel(String message) {
                messages.add(message);
                return super.cancel(message);
              }

              @Override
              public T result() {
                if (isCancelled()) {
                  throw new CancelledError(choice.choose(messages, number));
                }
                return super.result();
              }
            };
          }
        });
  }

  @Mutant(rule = "6.50")
  static EventLoop showsTheLastMessageOfAFuture(LoopContext context) {
    return remembering(context, (given, _) -> given.getLast());
  }

  @Mutant(rule = "6.50")
  static EventLoop showsTheLastMessageOfTheSecondFuture(LoopContext context) {
    return remembering(
        context, (given, number) -> number == 2 ? given.getLast() : given.getFirst());
  }

  private static EventLoop replacing(LoopContext context, Choice choice) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              private final List<String> messages = new ArrayList<>();

              @Override
              public boolean cancel(String message) {
                messages.add(message);
                return super.cancel(
                    hasUnseenCancellation() ? choice.choose(messages, messages.size()) : message);
              }
            };
          }
        });
  }

  @Mutant(rule = "6.51")
  static EventLoop showsTheFirstMessageOfATask(LoopContext context) {
    return replacing(context, (given, _) -> given.getFirst());
  }

  @Mutant(rule = "6.51")
  static EventLoop showsTheSecondMessageOfThree(LoopContext context) {
    return replacing(context, (given, count) -> given.get(Math.min(count, 2) - 1));
  }
}
