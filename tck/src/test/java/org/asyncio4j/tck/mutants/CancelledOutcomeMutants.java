package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;

/** Chapters 12 and 13: futures that fail with a {@code CancelledError}. */
final class CancelledOutcomeMutants {

  private CancelledOutcomeMutants() {}

  /** What the failure of a future is stored as; none if the future is cancelled instead. */
  private interface Storing {
    Throwable store(CancelledError error);
  }

  private static EventLoop storing(LoopContext context, Storing storing) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void setException(Throwable exception) {
                Throwable stored =
                    exception instanceof CancelledError error ? storing.store(error) : exception;
                if (stored == null) {
                  cancel(exception.getMessage());
                } else {
                  super.setException(stored);
                }
              }
            };
          }
        });
  }

  @Mutant(
      rule = "12.21",
      also = {"12.5", "12.6"})
  static EventLoop storesACopyOfTheError(LoopContext context) {
    return storing(context, error -> new CancelledError(error.getMessage()));
  }

  // A shield has a future of its own, so the second error is that of the first shield.
  @Mutant(rule = "12.21")
  static EventLoop cancelsTheSecondFutureThatFailsWithTheError(LoopContext context) {
    AtomicInteger count = new AtomicInteger();
    return storing(context, error -> count.incrementAndGet() == 2 ? null : error);
  }

  @Mutant(
      rule = "13.30",
      also = {"13.10", "13.31"})
  static EventLoop deliversARequestAgainIfTheAwaitedFutureIsNotDoneAtOnce(LoopContext context) {
    return new CorrectLoop(context) {
      private final MadeFutures made = new MadeFutures();
      private Task<?> cancelled;
      private Future<?> delivering;

      @Override
      protected void poll(long waitNanos) throws IOException {
        if (cancelled != null) {
          made.cancel(other -> other != delivering && other.awaitedBy().contains(cancelled));
        }
        super.poll(waitNanos);
      }

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
            made.awaitedBy(this)
                .ifPresent(awaited -> {
                  cancelled = this;
                  delivering = awaited;
                });
            return accepted;
          }
        };
      }
    };
  }

  @Mutant(rule = "13.30", also = "13.31")
  static EventLoop wrapsTheErrorOfTheSecondFuture(LoopContext context) {
    AtomicInteger count = new AtomicInteger();
    return storing(
        context,
        error ->
            count.incrementAndGet() == 2 ? new IllegalStateException("wrapped", error) : error);
  }

  @Mutant(rule = "13.31", also = "13.30")
  static EventLoop doesNotCallBackOnceAFutureHasFailedWithTheError(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                super.addDoneCallback(
                    done -> {
                      if (done.isCancelled()
                          || !(done.exception().orElse(null) instanceof CancelledError)) {
                        callback.accept(done);
                      }
                    },
                    with);
              }
            };
          }
        });
  }

  @Mutant(rule = "13.32", also = "13.31")
  static EventLoop takesTheErrorForARequest(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Promise<T> createFuture() {
        return new BuiltinFuture<T>(this) {
          @Override
          public void setException(Throwable exception) {
            if (exception instanceof CancelledError) {
              awaitedBy().stream()
                  .filter(awaiter -> awaiter instanceof Task<?> task && task.cancelling() == 0)
                  .forEach(awaiter -> awaiter.cancel(exception.getMessage()));
            }
            if (!isDone()) {
              super.setException(exception);
            }
          }
        };
      }
    };
  }
}
