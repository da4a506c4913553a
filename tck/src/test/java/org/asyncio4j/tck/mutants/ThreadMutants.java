package org.asyncio4j.tck.mutants;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;

/** Chapter 3: other threads. */
final class ThreadMutants {

  private static final long IDLE_NANOS = 100_000_000;

  private ThreadMutants() {}

  // On a busy machine there is such a pause in all rules that call a loop in the background.
  @Mutant(
      rule = "3.1",
      also = {
        "3.9", "3.21", "3.22", "3.23", "3.24", "3.25", "3.26", "3.27", "3.29", "3.30", "3.31",
        "3.32"
      })
  static EventLoop oversleepsTheSecondWakeUpAfterAPause(LoopContext context) {
    AtomicInteger calls = new AtomicInteger();
    return new CorrectLoop(context) {
      private volatile long lastCall;
      private volatile Runnable held;

      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        long pause = System.nanoTime() - lastCall;
        lastCall = System.nanoTime();
        if (calls.incrementAndGet() == 2 && pause > IDLE_NANOS) {
          held = callback;
          return null;
        }
        Runnable late = held;
        held = null;
        if (late != null) {
          super.callSoonThreadsafe(late);
        }
        return super.callSoonThreadsafe(callback);
      }
    };
  }

  @Mutant(rule = "3.2")
  static EventLoop losesOneInThreeThousandCallbacks(LoopContext context) {
    AtomicInteger count = new AtomicInteger();
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        boolean lost = count.incrementAndGet() % 3_000 == 0;
        return super.callSoonThreadsafe(lost ? () -> {} : callback);
      }
    };
  }

  @Mutant(rule = "3.3")
  static EventLoop losesAWakeUpNowAndThen(LoopContext context) {
    return new CorrectLoop(context) {
      private Runnable held;
      private int count;

      @Override
      public synchronized Handle callSoonThreadsafe(Runnable callback) {
        Runnable late = held;
        held = null;
        if (late != null) {
          super.callSoonThreadsafe(late);
        }
        if (++count % 700 == 0) {
          held = callback;
          return null;
        }
        return super.callSoonThreadsafe(callback);
      }
    };
  }

  @Mutant(rule = "3.4")
  static EventLoop refusesInAWayOfItsOwnAfterClose(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        try {
          return super.callSoonThreadsafe(callback);
        } catch (IllegalStateException closed) {
          throw new UnsupportedOperationException("bad file descriptor", closed);
        }
      }
    };
  }

  @Mutant(rule = "3.5")
  static EventLoop queuesThreadsafeCallbacksLast(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        return onLoop()
            ? super.callSoonThreadsafe(() -> callSoon(callback))
            : super.callSoonThreadsafe(callback);
      }
    };
  }

  @Mutant(rule = "3.6")
  static EventLoop acceptsCallbacksFromForeignThreads(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        return isRunning() && !onLoop() ? callSoonThreadsafe(callback) : super.callSoon(callback);
      }
    };
  }

  @Mutant(rule = "3.7")
  static EventLoop acceptsTasksFromForeignThreads(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        if (!isRunning() || onLoop()) {
          return super.createTask(body, options);
        }
        callSoonThreadsafe(() -> super.createTask(body, options));
        return null;
      }
    };
  }

  @Mutant(rule = "3.8")
  static EventLoop belongsToTheThreadThatOpenedIt(LoopContext context) {
    Thread owner = Thread.currentThread();
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        if (!isRunning() && Thread.currentThread() != owner) {
          throw new WrongThreadException("not the owner");
        }
        return super.callSoon(callback);
      }
    };
  }

  @Mutant(rule = "3.9")
  static EventLoop ignoresStopInAThreadsafeCallback(LoopContext context) {
    return new CorrectLoop(context) {
      private boolean inside;

      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        return super.callSoonThreadsafe(() -> {
          inside = true;
          try {
            callback.run();
          } finally {
            inside = false;
          }
        });
      }

      @Override
      public void stop() {
        if (!inside) {
          super.stop();
        }
      }
    };
  }

  @Mutant(rule = "3.10")
  static EventLoop ignoresCancelFromOutsideWhileItIsIdle(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        Handle handle = super.callSoonThreadsafe(callback);
        return Altered.of(
            Handle.class,
            handle,
            "cancel",
            _ -> {
              if (isRunning()) {
                handle.cancel();
              }
              return null;
            });
      }
    };
  }

  @Mutant(rule = "3.11")
  static EventLoop returnsFromCancelAtOnce(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        Handle handle = super.callSoonThreadsafe(callback);
        return Altered.of(
            Handle.class,
            handle,
            "cancel",
            _ -> {
              if (!isRunning() || onLoop()) {
                handle.cancel();
              }
              return null;
            });
      }
    };
  }

  @Mutant(rule = "3.12")
  static EventLoop letsNoCallbackCancelItself(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        Handle handle = super.callSoonThreadsafe(callback);
        return Altered.of(
            Handle.class,
            handle,
            "cancel",
            _ -> {
              if (onLoop()) {
                throw new IllegalStateException("it would wait for itself");
              }
              handle.cancel();
              return null;
            });
      }
    };
  }

  @Mutant(
      rule = "3.13",
      also = {"3.6", "3.8", "3.18"})
  static EventLoop runsTimersOnThreadsOfTheirOwn(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        return super.callAt(when, () -> Thread.ofPlatform().start(callback));
      }
    };
  }

  @Mutant(rule = "3.14")
  static EventLoop forgetsTheContextOfOtherThreads(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        return super.callSoonThreadsafe(callback, Context.empty());
      }
    };
  }

  @Mutant(rule = "3.15", also = "3.32")
  static EventLoop ignoresTheCancellationOfTasks(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        if (isRunning() && !onLoop()) {
          return super.createTask(body, options);
        }
        return new BuiltinTask<T>(this, body, options) {
          @Override
          public boolean cancel(String message) {
            return false;
          }
        };
      }
    };
  }

  @Mutant(rule = "3.16", also = "3.18")
  static EventLoop runsBlockingCodeItself(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Future<T> runInExecutor(Callable<? extends T> body) {
        return super.runInExecutor(Runnable::run, body);
      }
    };
  }

  @Mutant(rule = "3.17")
  static EventLoop throwsIntoExecutorsAfterClose(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Future<T> runInExecutor(Executor executor, Callable<? extends T> body) {
        Executor checking =
            command ->
                executor.execute(() -> {
                  command.run();
                  if (isClosed()) {
                    throw new IllegalStateException("too late");
                  }
                });
        return super.runInExecutor(checking, body);
      }
    };
  }

  @Mutant(rule = "3.18", also = "3.16")
  static EventLoop interruptsBodiesThatRun(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      @SuppressWarnings("unchecked")
      public <T> Future<T> runInExecutor(Callable<? extends T> body) {
        AtomicReference<Thread> runner = new AtomicReference<>();
        Future<T> future =
            super.runInExecutor(() -> {
              runner.set(Thread.currentThread());
              return body.call();
            });
        return Altered.of(
            Future.class,
            future,
            "cancel",
            _ -> {
              runner.get().interrupt();
              return future.cancel();
            });
      }
    };
  }

  @Mutant(rule = "3.20")
  static EventLoop dropsWithoutAWord(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        Handle handle = super.callSoonThreadsafe(callback);
        return Altered.of(
            Handle.class, handle, "isCancelled", _ -> !isClosed() && handle.isCancelled());
      }
    };
  }
}
