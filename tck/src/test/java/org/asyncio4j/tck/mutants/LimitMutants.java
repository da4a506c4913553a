package org.asyncio4j.tck.mutants;

import java.util.Map;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;

/** Chapter 13: time limits. */
final class LimitMutants {

  private LimitMutants() {}

  /** What taking a request back does. */
  private interface Uncancel {
    int uncancel(Task<?> task);
  }

  private static EventLoop uncancelling(LoopContext context, Uncancel uncancel) {
    return TaskMutant.altering(context, "uncancel", (_, correct, _) -> uncancel.uncancel(correct));
  }

  @Mutant(
      rule = "13.1",
      also = {
        "13.4", "13.5", "13.6", "13.7", "13.8", "13.10", "13.12", "13.14", "13.18", "13.19",
        "13.20", "13.21", "13.22", "13.24", "13.30", "13.40", "13.41", "13.42"
      })
  static EventLoop takesNoRequestBack(LoopContext context) {
    return uncancelling(context, Task::cancelling);
  }

  @Mutant(rule = "13.2")
  static EventLoop endsBlocksANanosecondEarly(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        return super.callAt(when - 1, callback);
      }
    };
  }

  @Mutant(
      rule = "13.3",
      also = {"13.4", "13.23", "13.32"})
  static EventLoop runsTimersThatWereCancelled(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        TimerHandle hidden = super.callAt(when, callback);
        return super.callAt(hidden.when(), () -> {});
      }
    };
  }

  @Mutant(rule = "13.4", also = "13.42")
  static EventLoop losesTheTimerAfterOneThatIsCancelled(LoopContext context) {
    return new CorrectLoop(context) {
      private boolean cancelled;

      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        TimerHandle handle = super.callAt(when, cancelled ? () -> {} : callback);
        cancelled = false;
        return Altered.of(
            TimerHandle.class,
            handle,
            Map.of(
                "cancel",
                _ -> {
                  cancelled = true;
                  handle.cancel();
                  return null;
                }));
      }
    };
  }

  @Mutant(rule = "13.5")
  static EventLoop runsCallbacksATickLate(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        return super.callSoon(() -> super.callSoon(callback));
      }
    };
  }

  @Mutant(
      rule = "13.6",
      also = {"13.7", "13.21", "13.22", "13.40"})
  static EventLoop countsOneRequestOfATick(LoopContext context) {
    return CancelRequestMutants.countsOneRequestATick(context);
  }

  @Mutant(
      rule = "13.7",
      also = {"13.6", "13.21", "13.22", "13.40", "13.42"})
  static EventLoop takesAllRequestsBack(LoopContext context) {
    return uncancelling(
        context,
        task -> {
          while (task.uncancel() > 0) {
            // That is the defect.
          }
          return 0;
        });
  }

  @Mutant(
      rule = "13.8",
      also = {
        "13.12", "13.14", "13.18", "13.19", "13.20", "13.21", "13.22", "13.24", "13.30", "13.41",
        "13.42"
      })
  static EventLoop cancelsAgainWhatTakesARequestBack(LoopContext context) {
    return uncancelling(
        context,
        task -> {
          int left = task.uncancel();
          task.loop().callSoon(task::cancel);
          return left;
        });
  }

  @Mutant(
      rule = "13.9",
      also = {"13.8", "13.18", "13.19", "13.20", "13.21", "13.22", "13.30", "13.41", "13.42"})
  static EventLoop cancelsWhoeverWasOnceCancelled(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            boolean[] asked = new boolean[1];
            Callable<T> remembering =
                () -> {
                  T value = body.call();
                  if (asked[0]) {
                    throw new CancelledError("although it was refused");
                  }
                  return value;
                };
            return new BuiltinTask<T>(loop, remembering, options) {
              @Override
              public boolean cancel(String message) {
                asked[0] = true;
                return super.cancel(message);
              }
            };
          }
        });
  }

  @Mutant(rule = "13.10")
  static EventLoop leavesACancelledTaskBehind(LoopContext context) {
    return StepMutants.with(
        context,
        new StepMutants.Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public T await() {
                Promise<T> copy = loop.createFuture();
                addDoneCallback(done -> copy(done, copy));
                try {
                  return copy.await();
                } catch (CancelledError cancelled) {
                  cancel(cancelled.getMessage());
                  throw cancelled;
                }
              }
            };
          }
        });
  }

  private static <T> void copy(Future<T> done, Promise<T> copy) {
    if (copy.isDone()) {
      return;
    }
    if (done.isCancelled()) {
      copy.cancel();
    } else if (done.exception().isPresent()) {
      copy.setException(done.exception().orElseThrow());
    } else {
      copy.setResult(done.result());
    }
  }

  @Mutant(rule = "13.11")
  static EventLoop beginsBodiesThatAreCancelled(LoopContext context) {
    return CancellationMutants.startsBodiesThatAreCancelled(context);
  }

  @Mutant(rule = "13.40")
  static EventLoop doesNotTellThatACancellationIsOnItsWay(LoopContext context) {
    return TaskMutant.altering(context, "hasUnseenCancellation", (_, _, _) -> false);
  }

  @Mutant(rule = "13.40")
  static EventLoop tellsALimitButNoGroupThatACancellationIsOnItsWay(LoopContext context) {
    return TaskMutant.altering(
        context,
        "hasUnseenCancellation",
        (number, correct, _) -> number == 1 && correct.hasUnseenCancellation());
  }
}
