package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.CancelledError;
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

/** Chapter 12: gathering and waiting. */
final class WaitingMutants {

  private WaitingMutants() {}

  @Mutant(rule = "12.1")
  static EventLoop mixesUpValuesOfOneTick(LoopContext context) {
    return new CorrectLoop(context) {
      private Object[] last = new Object[0];

      @Override
      protected void poll(long waitNanos) throws IOException {
        last = new Object[0];
        super.poll(waitNanos);
      }

      @Override
      public <T> Promise<T> createFuture() {
        return new BuiltinFuture<T>(this) {
          @Override
          @SuppressWarnings("unchecked")
          public void setResult(T value) {
            boolean again = value instanceof String && last.length > 0;
            if (value instanceof String && !again) {
              last = new Object[] {value};
            }
            super.setResult(again ? (T) last[0] : value);
          }
        };
      }
    };
  }

  @Mutant(
      rule = "12.2",
      also = {"12.3", "12.5", "12.6", "12.11", "12.15", "12.21"})
  static EventLoop cancelsEverythingWhenAFutureFails(LoopContext context) {
    return new CorrectLoop(context) {
      private final MadeFutures made = new MadeFutures();

      @Override
      public <T> Promise<T> createFuture() {
        Promise<T> future =
            new BuiltinFuture<T>(this) {
              @Override
              public void setException(Throwable exception) {
                super.setException(exception);
                made.cancel(_ -> true);
              }
            };
        made.add(future);
        return future;
      }
    };
  }

  @Mutant(rule = "12.3")
  static EventLoop countsOneRetrievalInACallback(LoopContext context) {
    int[] failures = new int[1];
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              private Throwable kept;

              @Override
              public void setException(Throwable exception) {
                super.setException(exception);
                kept = failures[0]++ == 0 ? null : exception;
              }

              @Override
              public T result() {
                if (kept != null && CorrectLoop.onLoop() && loop.currentTask().isEmpty()) {
                  throw WaitingMutants.<RuntimeException>asIs(kept);
                }
                return super.result();
              }
            };
          }
        });
  }

  @Mutant(rule = "12.4")
  static EventLoop countsEachRequestTwice(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public boolean cancel(String message) {
                boolean accepted = super.cancel(message);
                return super.cancel(message) || accepted;
              }
            };
          }
        });
  }

  @Mutant(rule = "12.5", also = "12.21")
  static EventLoop cancelsWhatFailsWithACancellation(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void setException(Throwable exception) {
                if (exception instanceof CancelledError) {
                  cancel(exception.getMessage());
                } else {
                  super.setException(exception);
                }
              }
            };
          }
        });
  }

  @Mutant(
      rule = "12.6",
      also = {"12.12", "12.16", "12.17"})
  static EventLoop callsBackWhenATaskIsAskedToEnd(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new HastyTask<>(loop, body, options);
          }
        });
  }

  @Mutant(
      rule = "12.7",
      also = {"12.9", "12.10", "12.13", "12.14"})
  static EventLoop cancelsAFutureWhoseCallbackIsRemoved(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public int removeDoneCallback(Consumer<? super Future<T>> callback) {
                int removed = super.removeDoneCallback(callback);
                cancel();
                return removed;
              }
            };
          }
        });
  }

  @Mutant(rule = "12.8", also = "12.20")
  static EventLoop forgetsCallbacksThatTasksAddToDoneFutures(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                if (!isDone() || loop.currentTask().isEmpty()) {
                  super.addDoneCallback(callback, with);
                }
              }
            };
          }
        });
  }

  @Mutant(rule = "12.9", also = "12.15")
  static EventLoop callsTimersOfTasksAtOnce(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callLater(Duration delay, Runnable callback) {
        return super.callLater(currentTask().isPresent() ? Duration.ZERO : delay, callback);
      }
    };
  }

  @Mutant(rule = "12.10", also = "12.6")
  static EventLoop cancelsWhateverTheCallGraphNames(LoopContext context) {
    return new CorrectLoop(context) {
      private final MadeFutures made = new MadeFutures();

      @Override
      public <T> Promise<T> createFuture() {
        Promise<T> future = super.createFuture();
        made.add(future);
        return future;
      }

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return new BuiltinTask<T>(this, body, options) {
          @Override
          public boolean cancel(String message) {
            boolean accepted = super.cancel(message);
            made.cancel(future -> future.awaitedBy().contains(this));
            return accepted;
          }
        };
      }
    };
  }

  @Mutant(rule = "12.11")
  static EventLoop tellsOfTheFirstOfATickLast(LoopContext context) {
    return new CorrectLoop(context) {
      private boolean first;

      @Override
      protected void poll(long waitNanos) throws IOException {
        first = true;
        super.poll(waitNanos);
      }

      @Override
      public <T> Promise<T> createFuture() {
        return new BuiltinFuture<T>(this) {
          private boolean late;

          @Override
          public void setResult(T value) {
            late = first;
            first = false;
            super.setResult(value);
          }

          @Override
          public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
            if (!((Object) callback instanceof AwaitingCallback<?> awaiting)) {
              super.addDoneCallback(callback, with);
              return;
            }
            super.addDoneCallback(
                new AwaitingCallback<T>() {
                  @Override
                  public Future<?> awaiter() {
                    return awaiting.awaiter();
                  }

                  @Override
                  public void accept(Future<T> done) {
                    if (late) {
                      loop().callSoon(() -> callback.accept(done));
                    } else {
                      callback.accept(done);
                    }
                  }
                },
                with);
          }
        };
      }
    };
  }

  @Mutant(rule = "12.12")
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
            return !(completed[0] && !onLoop()) && super.cancel(message);
          }
        };
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> X asIs(Throwable failure) throws X {
    throw (X) failure;
  }
}
