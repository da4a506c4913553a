package org.asyncio4j.tck.mutants;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ExceptionHandler;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.LoopContext;

/** Chapter 2: callbacks and their contexts. */
final class CallbackMutants {

  private CallbackMutants() {}

  @Mutant(
      rule = "2.1",
      also = {"2.4", "2.5", "2.6", "2.7", "2.8", "2.14", "2.19", "2.24", "2.25", "2.31", "2.32"})
  static EventLoop runsTheLastFirst(LoopContext context) {
    return new CorrectLoop(context) {
      private final Deque<Runnable> stack = new ArrayDeque<>();

      @Override
      public Handle callSoon(Runnable callback) {
        stack.push(callback);
        return super.callSoon(() -> stack.pop().run());
      }
    };
  }

  @Mutant(
      rule = "2.2",
      also = {"2.31", "2.32"})
  static EventLoop runsWhatIsScheduledInTheSameTick(LoopContext context) {
    return new CorrectLoop(context) {
      private final List<Runnable> nested = new ArrayList<>();
      private boolean inside;

      @Override
      public Handle callSoon(Runnable callback) {
        requireNonNull(callback, "callback");
        if (inside) {
          nested.add(callback);
          return super.callSoon(() -> {});
        }
        return super.callSoon(() -> runWithNested(callback));
      }

      private void runWithNested(Runnable callback) {
        inside = true;
        try {
          callback.run();
        } finally {
          inside = false;
        }
        List<Runnable> now = List.copyOf(nested);
        nested.clear();
        now.forEach(Runnable::run);
      }
    };
  }

  @Mutant(
      rule = "2.3",
      also = {"2.31", "2.32"})
  static EventLoop putsTimersOffWhileItIsBusy(LoopContext context) {
    return new CorrectLoop(context) {
      private int busy;

      @Override
      public Handle callSoon(Runnable callback) {
        if (!onLoop()) {
          return super.callSoon(callback);
        }
        busy++;
        return super.callSoon(() -> {
          busy--;
          callback.run();
        });
      }

      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        requireNonNull(callback, "callback");
        return super.callAt(
            when,
            () -> {
              if (busy > 0) {
                callAt(time(), callback);
              } else {
                callback.run();
              }
            });
      }
    };
  }

  @Mutant(
      rule = "2.4",
      also = {"2.6", "2.14", "2.31"})
  static EventLoop ignoresCancelBeforeTheRun(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        Handle handle = super.callSoon(callback);
        return Altered.of(
            Handle.class,
            handle,
            "cancel",
            _ -> {
              if (onLoop()) {
                handle.cancel();
              }
              return null;
            });
      }
    };
  }

  @Mutant(rule = "2.5", also = "2.6")
  static EventLoop ignoresCancelWithinTheBatch(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        Handle handle = super.callSoon(callback);
        return Altered.of(
            Handle.class,
            handle,
            "cancel",
            _ -> {
              if (!onLoop()) {
                handle.cancel();
              }
              return null;
            });
      }
    };
  }

  @Mutant(
      rule = "2.6",
      also = {"2.8", "2.31", "2.32"})
  static EventLoop swallowsExceptions(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        requireNonNull(callback, "callback");
        return super.callSoon(() -> {
          try {
            callback.run();
          } catch (RuntimeException swallowed) {
            // That is the defect.
          }
        });
      }
    };
  }

  @Mutant(
      rule = "2.7",
      also = {"2.31", "2.32"})
  static EventLoop isEndedByAnError(LoopContext context) {
    return new CorrectLoop(context) {
      private boolean dead;

      @Override
      public Handle callSoon(Runnable callback) {
        requireNonNull(callback, "callback");
        return super.callSoon(() -> {
          try {
            if (dead) {
              stop();
            } else {
              callback.run();
            }
          } catch (Error fatal) {
            dead = true;
          }
        });
      }
    };
  }

  @Mutant(
      rule = "2.8",
      also = {"2.31", "2.32"})
  static EventLoop isEndedByItsExceptionHandler(LoopContext context) {
    return new CorrectLoop(context) {
      private boolean dead;

      @Override
      public void setExceptionHandler(ExceptionHandler handler) {
        super.setExceptionHandler((loop, report) -> {
          try {
            handler.handle(loop, report);
          } catch (RuntimeException fatal) {
            dead = true;
          }
        });
      }

      @Override
      public Handle callSoon(Runnable callback) {
        requireNonNull(callback, "callback");
        return super.callSoon(() -> {
          if (dead) {
            stop();
          } else {
            callback.run();
          }
        });
      }
    };
  }

  @Mutant(rule = "2.14")
  static EventLoop keepsItsCallbacks(LoopContext context) {
    return new CorrectLoop(context) {
      private final List<Runnable> kept = new ArrayList<>();

      @Override
      public Handle callSoon(Runnable callback) {
        kept.add(callback);
        return super.callSoon(callback);
      }
    };
  }

  @Mutant(rule = "2.18")
  static EventLoop acceptsNoCallback(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        return super.callSoon(callback == null ? () -> {} : callback);
      }
    };
  }

  @Mutant(rule = "2.23", also = "2.25")
  static EventLoop copiesTheContextThatWasGiven(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback, Context given) {
        return super.callSoon(callback, given.copy());
      }
    };
  }

  @Mutant(rule = "2.24")
  static EventLoop forgetsTheContextOfTheScheduler(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        return super.callSoon(callback, Context.empty());
      }
    };
  }

  @Mutant(rule = "2.25")
  static EventLoop tellsAnotherContext(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback, Context given) {
        Handle handle = super.callSoon(callback, given);
        return Altered.of(Handle.class, handle, "context", _ -> Context.empty());
      }
    };
  }

  @Mutant(rule = "2.26")
  static EventLoop copiesTheContextOfTimers(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callAt(long when, Runnable callback, Context given) {
        return super.callAt(when, callback, given.copy());
      }
    };
  }

  @Mutant(
      rule = "2.27",
      also = {"2.31", "2.32"})
  static EventLoop runsThreadsafeCallbacksTwice(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        return super.callSoonThreadsafe(
            callback == null
                ? null
                : () -> {
                  callback.run();
                  callback.run();
                });
      }
    };
  }

  @Mutant(rule = "2.28")
  static EventLoop reportsInAnotherContext(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void setExceptionHandler(ExceptionHandler handler) {
        super.setExceptionHandler((loop, report) ->
            Context.empty()
                .<Object, RuntimeException>run(() -> {
                  handler.handle(loop, report);
                  return null;
                }));
      }
    };
  }
}
