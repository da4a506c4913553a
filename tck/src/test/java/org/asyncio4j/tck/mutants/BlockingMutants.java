package org.asyncio4j.tck.mutants;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.coroutine.Coroutine;

/** Chapter 6: cancellations of bodies that block. */
final class BlockingMutants {

  private BlockingMutants() {}

  /** What happens instead when a body is interrupted, or its interrupt flag cleared. */
  interface Interrupting {
    void interrupt(int number, BaseEventLoop loop, Runnable correct);
  }

  /** What happens to a body's exception. */
  private interface Throwing {
    Exception instead(int number, Task<?> task, Exception thrown);
  }

  static EventLoop altered(LoopContext context, String method, Interrupting instead) {
    return new TaskMutant(context) {
      private final AtomicInteger count = new AtomicInteger();

      @Override
      Map<String, Altered.Alteration> ofCoroutine(Coroutine<?> correct) {
        Runnable call = method.equals("interrupt") ? correct::interrupt : correct::clearInterrupt;
        return Map.of(
            method,
            _ -> {
              instead.interrupt(count.incrementAndGet(), this, call);
              return null;
            });
      }
    };
  }

  private static EventLoop throwing(LoopContext context, Throwing throwing) {
    return new CorrectLoop(context) {
      private final AtomicInteger count = new AtomicInteger();

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return super.createTask(
            () -> {
              try {
                return body.call();
              } catch (Exception thrown) {
                Task<?> own = currentTask().orElseThrow();
                throw own.cancelling() == 0
                    ? thrown
                    : throwing.instead(count.incrementAndGet(), own, thrown);
              }
            },
            options);
      }
    };
  }

  /** Interrupts bodies that can go on and have not yet, at some of their cancellations. */
  static EventLoop interrupting(LoopContext context, IntPredicate isInterrupted) {
    AtomicInteger count = new AtomicInteger();
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            Thread[] thread = new Thread[1];
            Callable<T> noting =
                () -> {
                  thread[0] = Thread.currentThread();
                  return body.call();
                };
            return new BuiltinTask<T>(loop, noting, options) {
              @Override
              public boolean cancel(String message) {
                boolean accepted = super.cancel(message);
                boolean canGoOn =
                    thread[0] != null
                        && thread[0] != Thread.currentThread()
                        && thread[0].getState() == Thread.State.RUNNABLE;
                if (canGoOn && isInterrupted.test(count.incrementAndGet())) {
                  thread[0].interrupt();
                }
                return accepted;
              }
            };
          }
        });
  }

  private static EventLoop requesting(LoopContext context, IntPredicate isHeard) {
    AtomicInteger count = new AtomicInteger();
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public void cancelThreadsafe(String message) {
                if (isHeard.test(count.incrementAndGet())) {
                  super.cancelThreadsafe(message);
                }
              }
            };
          }
        });
  }

  private static EventLoop optionOff(LoopContext context, IntPredicate isKept) {
    return new CorrectLoop(context) {
      private final AtomicInteger count = new AtomicInteger();

      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        boolean kept = options.interruptOnCancel() || isKept.test(count.incrementAndGet());
        return super.createTask(body, kept ? options : options.withInterruptOnCancel(true));
      }
    };
  }

  private static Exception failing(Task<?> task, Exception thrown) {
    while (task.cancelling() > 0) {
      int ignored = task.uncancel();
    }
    return thrown;
  }

  @Mutant(
      rule = "6.27",
      also = {"6.29", "6.32", "6.61", "6.62"})
  static EventLoop failsWithWhatAnInterruptedBodyThrows(LoopContext context) {
    return throwing(context, (_, task, thrown) -> failing(task, thrown));
  }

  @Mutant(
      rule = "6.27",
      also = {"6.29", "6.32", "6.61", "6.62"})
  static EventLoop failsWithWhatTheSecondInterruptedBodyThrows(LoopContext context) {
    return throwing(context, (number, task, thrown) -> number > 1 ? failing(task, thrown) : thrown);
  }

  @Mutant(
      rule = "6.27",
      also = {"6.32", "6.62"})
  static EventLoop losesWhatAnInterruptedBodyThrows(LoopContext context) {
    return throwing(
        context,
        (_, task, thrown) -> {
          if (task.hasUnseenInterrupt()) {
            throw new CancelledError("without a cause");
          }
          return thrown;
        });
  }

  @Mutant(rule = "6.28")
  static EventLoop interruptsABodyThatCouldGoOn(LoopContext context) {
    return interrupting(context, _ -> true);
  }

  @Mutant(rule = "6.28")
  static EventLoop interruptsTheThirdBodyThatCouldGoOn(LoopContext context) {
    return interrupting(context, number -> number > 2);
  }

  @Mutant(
      rule = "6.28",
      also = {"6.30", "6.60"})
  static EventLoop takesEveryFailureForTheCancellation(LoopContext context) {
    return throwing(
        context,
        (_, task, thrown) -> {
          if (!task.hasUnseenInterrupt()) {
            throw new CancelledError("although it failed by itself");
          }
          return thrown;
        });
  }

  @Mutant(rule = "6.29", also = "6.21")
  static EventLoop doesNotInterruptABodyThatHasCancelledItself(LoopContext context) {
    return selfCancelled(context, _ -> false);
  }

  @Mutant(rule = "6.29", also = "6.21")
  static EventLoop interruptsTheFirstBodyOnlyThatHasCancelledItself(LoopContext context) {
    return selfCancelled(context, number -> number == 1);
  }

  private static EventLoop selfCancelled(LoopContext context, IntPredicate isInterrupted) {
    return new TaskMutant(context) {
      private final AtomicInteger count = new AtomicInteger();
      private boolean byItself;

      @Override
      boolean cancel(BuiltinTask<?> task, String message, Correct correct) {
        byItself = isCurrent(task);
        return correct.cancel(message);
      }

      @Override
      Map<String, Altered.Alteration> ofCoroutine(Coroutine<?> correct) {
        return Map.of(
            "interrupt",
            _ -> {
              if (!byItself || isInterrupted.test(count.incrementAndGet())) {
                correct.interrupt();
              }
              return null;
            });
      }
    };
  }

  @Mutant(rule = "6.30", also = "6.26")
  static EventLoop interruptsABodyThatMustNotBe(LoopContext context) {
    return optionOff(context, _ -> false);
  }

  @Mutant(rule = "6.30")
  static EventLoop interruptsTheSecondBodyThatMustNotBe(LoopContext context) {
    return optionOff(context, number -> number == 1);
  }

  @Mutant(rule = "6.31", also = "6.21")
  static EventLoop neverClearsTheInterruptFlag(LoopContext context) {
    return altered(context, "clearInterrupt", (_, _, _) -> {});
  }

  @Mutant(rule = "6.31", also = "6.21")
  static EventLoop clearsTheInterruptFlagWhenTheCancellationIsRaisedOnly(LoopContext context) {
    return altered(
        context,
        "clearInterrupt",
        (number, _, correct) -> {
          if (number % 2 == 1) {
            correct.run();
          }
        });
  }

  @Mutant(
      rule = "6.32",
      also = {"6.27", "6.31", "6.33", "6.60", "6.61", "6.62"})
  static EventLoop doesNotHearForeignThreads(LoopContext context) {
    return requesting(context, _ -> false);
  }

  @Mutant(
      rule = "6.32",
      also = {"6.27", "6.31", "6.33", "6.60", "6.61", "6.62"})
  static EventLoop hearsTheFirstForeignThreadOnly(LoopContext context) {
    return requesting(context, number -> number == 1);
  }

  @Mutant(
      rule = "6.32",
      also = {"6.25", "6.26", "6.27", "6.28", "6.29", "6.31", "6.33", "6.60", "6.61", "6.62"})
  static EventLoop losesWhatReachesABodyThatHoldsIt(LoopContext context) {
    return withoutAlarm(context);
  }

  @Mutant(rule = "6.60", also = "6.21")
  static EventLoop takesWhateverAnInterruptedBodyThrowsForTheCancellation(LoopContext context) {
    return remembering(context, _ -> true);
  }

  @Mutant(rule = "6.60", also = "6.21")
  static EventLoop takesWhatTheSecondInterruptedBodyThrowsForTheCancellation(LoopContext context) {
    return remembering(context, number -> number == 2);
  }

  /** Remembers that it has interrupted a body, even when the body has seen the cancellation. */
  private static EventLoop remembering(LoopContext context, IntPredicate isRemembered) {
    AtomicInteger count = new AtomicInteger();
    return new CorrectLoop(context) {
      @Override
      @SuppressWarnings("unchecked")
      public <T> Coroutine<T> newCoroutine(
          String threadName, Callable<? extends T> body, Runnable onRunnable) {
        boolean[] interrupted = new boolean[1];
        Coroutine<T> correct =
            super.newCoroutine(threadName, () -> call(body, interrupted), onRunnable);
        return Altered.of(
            Coroutine.class,
            correct,
            "interrupt",
            _ -> {
              interrupted[0] = isRemembered.test(count.incrementAndGet());
              correct.interrupt();
              return null;
            });
      }

      private <T> T call(Callable<? extends T> body, boolean[] interrupted) throws Exception {
        try {
          return body.call();
        } catch (Exception thrown) {
          if (interrupted[0] && !currentTask().orElseThrow().hasUnseenInterrupt()) {
            throw new CancelledError("although it was seen");
          }
          throw thrown;
        }
      }
    };
  }

  /** On the handoff engine, where the wake-up that a task gives also tells when to interrupt. */
  static EventLoop withoutAlarm(LoopContext context) {
    return new CorrectLoop(context.withCoroutines(CoroutineMode.HANDOFF)) {
      @Override
      public <T> Coroutine<T> newCoroutine(
          String threadName, Callable<? extends T> body, Runnable onRunnable) {
        return super.newCoroutine(threadName, body, () -> onRunnable.run());
      }
    };
  }
}
