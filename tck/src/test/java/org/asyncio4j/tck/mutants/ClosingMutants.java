package org.asyncio4j.tck.mutants;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.LoopContext;

/** Chapter 1: closing. */
final class ClosingMutants {

  private ClosingMutants() {}

  @Mutant(rule = "1.18")
  static EventLoop neverCountsAsClosed(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public boolean isClosed() {
        return false;
      }
    };
  }

  @Mutant(rule = "1.19")
  static EventLoop ignoresCloseWhileItRuns(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void close() {
        if (!isRunning()) {
          super.close();
        }
      }
    };
  }

  @Mutant(rule = "1.20", also = "1.29")
  static EventLoop runsWhatIsLeftBeforeItCloses(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void close() {
        if (!isRunning() && !isClosed()) {
          stop();
          runForever();
        }
        super.close();
      }
    };
  }

  @Mutant(rule = "1.21")
  static EventLoop acceptsCallbacksAfterClose(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        return isClosed() ? null : super.callSoon(callback);
      }
    };
  }

  @Mutant(rule = "1.22")
  static EventLoop acceptsTasksAfterClose(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return isClosed() ? null : super.createTask(body, options);
      }
    };
  }

  @Mutant(rule = "1.23")
  static EventLoop returnsAtOnceAfterClose(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void runForever() {
        if (!isClosed()) {
          super.runForever();
        }
      }
    };
  }

  @Mutant(rule = "1.24")
  static EventLoop runsBlockingCodeAfterClose(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Future<T> runInExecutor(Executor executor, Callable<? extends T> body) {
        return isClosed() ? null : super.runInExecutor(executor, body);
      }
    };
  }

  @Mutant(rule = "1.25")
  static EventLoop leavesTheExecutorRunning(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void setDefaultExecutor(ExecutorService executor) {
        super.setDefaultExecutor(
            Altered.of(
                ExecutorService.class,
                executor,
                Map.of("shutdown", _ -> null, "shutdownNow", _ -> List.of())));
      }
    };
  }

  @Mutant(rule = "1.29")
  static EventLoop closesTasksAwayWithoutAWord(LoopContext context) {
    return new CorrectLoop(context) {
      private boolean closing;

      @Override
      public void close() {
        closing = true;
        super.close();
      }

      @Override
      public void callExceptionHandler(ErrorReport report) {
        if (!closing) {
          super.callExceptionHandler(report);
        }
      }
    };
  }

  private static EventLoop completing(LoopContext context, Supplier<Completing> completing) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            Completing how = completing.get();
            return new BuiltinFuture<T>(loop) {
              @Override
              public void setResult(T value) {
                how.setResult(loop, () -> super.setResult(value));
              }

              @Override
              public void setException(Throwable exception) {
                how.setException(loop, () -> super.setException(exception));
              }

              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                how.add(loop, () -> super.addDoneCallback(callback, with));
              }

              @Override
              public boolean cancel(String message) {
                boolean pending = !isDone();
                boolean accepted = super.cancel(message);
                how.cancelled(loop, pending);
                return accepted;
              }
            };
          }
        });
  }

  /** How the futures of a mutant are completed; correct but for what a mutant overrides. */
  private interface Completing {

    default void setResult(EventLoop loop, Runnable correct) {
      correct.run();
    }

    default void setException(EventLoop loop, Runnable correct) {
      correct.run();
    }

    default void add(EventLoop loop, Runnable correct) {
      correct.run();
    }

    default void cancelled(EventLoop loop, boolean pending) {}

    static void silently(EventLoop loop, Runnable correct) {
      try {
        correct.run();
      } catch (IllegalStateException refused) {
        if (!loop.isClosed()) {
          throw refused;
        }
      }
    }
  }

  @Mutant(rule = "1.30")
  static EventLoop losesCallbacksOfAClosedLoopSilently(LoopContext context) {
    return completing(
        context,
        () ->
            new Completing() {
              @Override
              public void setResult(EventLoop loop, Runnable correct) {
                Completing.silently(loop, correct);
              }
            });
  }

  @Mutant(rule = "1.30")
  static EventLoop refusesTheFirstFutureOfAClosedLoopOnly(LoopContext context) {
    AtomicInteger completed = new AtomicInteger();
    return completing(
        context,
        () ->
            new Completing() {
              @Override
              public void setResult(EventLoop loop, Runnable correct) {
                if (loop.isClosed() && completed.incrementAndGet() > 1) {
                  Completing.silently(loop, correct);
                } else {
                  correct.run();
                }
              }
            });
  }

  @Mutant(rule = "1.30")
  static EventLoop failsFuturesOfAClosedLoopSilently(LoopContext context) {
    return completing(
        context,
        () ->
            new Completing() {
              @Override
              public void setException(EventLoop loop, Runnable correct) {
                Completing.silently(loop, correct);
              }
            });
  }

  @Mutant(rule = "1.31")
  static EventLoop losesCallbacksThatAreAddedTooLate(LoopContext context) {
    return completing(
        context,
        () ->
            new Completing() {
              @Override
              public void add(EventLoop loop, Runnable correct) {
                Completing.silently(loop, correct);
              }
            });
  }

  @Mutant(rule = "1.31")
  static EventLoop refusesTheFirstLateCallbackOnly(LoopContext context) {
    return completing(
        context,
        () ->
            new Completing() {
              private boolean refused;

              @Override
              public void add(EventLoop loop, Runnable correct) {
                if (refused) {
                  Completing.silently(loop, correct);
                } else {
                  refused = loop.isClosed();
                  correct.run();
                }
              }
            });
  }

  @Mutant(rule = "1.32")
  static EventLoop refusesToCancelOnAClosedLoop(LoopContext context) {
    return completing(
        context,
        () ->
            new Completing() {
              @Override
              public void cancelled(EventLoop loop, boolean pending) {
                if (pending && loop.isClosed()) {
                  throw new IllegalStateException("Event loop is closed");
                }
              }
            });
  }

  @Mutant(rule = "1.32")
  static EventLoop reportsTheSecondFutureThatIsCancelledTooLate(LoopContext context) {
    AtomicInteger cancelled = new AtomicInteger();
    return completing(
        context,
        () ->
            new Completing() {
              @Override
              public void cancelled(EventLoop loop, boolean pending) {
                if (pending && loop.isClosed() && cancelled.incrementAndGet() == 2) {
                  loop.callExceptionHandler(ErrorReport.of("callbacks are lost"));
                }
              }
            });
  }
}
