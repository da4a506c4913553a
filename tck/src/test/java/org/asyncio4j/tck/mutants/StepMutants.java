package org.asyncio4j.tck.mutants;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.coroutine.Suspension;

/** Chapter 6: steps and what a task tells about itself. */
final class StepMutants {

  private StepMutants() {}

  /** Makes the tasks of a mutant. */
  interface Maker {
    <T> Task<T> make(BaseEventLoop loop, Callable<? extends T> body, TaskOptions options);
  }

  static EventLoop with(LoopContext context, Maker maker) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return maker.make(this, body, options);
      }
    };
  }

  private static EventLoop withOptions(LoopContext context, UnaryOperator<TaskOptions> change) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return super.createTask(body, change.apply(options));
      }
    };
  }

  @Mutant(
      rule = "6.1",
      also = {"6.3", "6.5", "6.11"})
  static EventLoop beginsTasksBeforeCallbacks(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        return super.callSoon(() -> super.callSoon(callback));
      }
    };
  }

  @Mutant(rule = "6.2")
  static EventLoop hasAnExceptionThoughTheBodyReturned(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public Optional<Throwable> exception() {
                return super.exception().or(() -> Optional.of(new IllegalStateException("done")));
              }
            };
          }
        });
  }

  @Mutant(
      rule = "6.3",
      also = {"6.21", "6.26", "6.31", "6.51", "6.60"})
  static EventLoop goesOnAfterAYield(LoopContext context) {
    return new TaskMutant(context) {
      @Override
      Map<String, Altered.Alteration> ofCoroutine(Coroutine<?> correct) {
        return Map.of(
            "send",
            _ -> {
              Suspension suspension = correct.send();
              while (suspension == Suspension.YIELDED) {
                suspension = correct.send();
              }
              return suspension;
            });
      }
    };
  }

  @Mutant(rule = "6.4")
  static EventLoop answersNullToATaskThatAwaitsItself(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public T await() {
                boolean own = loop.currentTask().filter(task -> task == this).isPresent();
                return own ? null : super.await();
              }
            };
          }
        });
  }

  @Mutant(rule = "6.15")
  static EventLoop wrapsErrors(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return super.createTask(
            () -> {
              try {
                return body.call();
              } catch (CancelledError cancelled) {
                throw cancelled;
              } catch (Error error) {
                throw new IllegalStateException(error);
              }
            },
            options);
      }
    };
  }

  @Mutant(rule = "6.16", also = "6.18")
  static EventLoop failsOnACancellationThatNobodyAskedFor(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return super.createTask(
            () -> {
              try {
                return body.call();
              } catch (CancelledError cancelled) {
                if (currentTask().orElseThrow().cancelling() == 0) {
                  throw new IllegalStateException(cancelled);
                }
                throw cancelled;
              }
            },
            options);
      }
    };
  }

  @Mutant(rule = "6.20")
  static EventLoop givesEveryTaskANameOfItsOwn(LoopContext context) {
    return withOptions(
        context,
        options ->
            options
                .context()
                .map(TaskOptions.defaults()::withContext)
                .orElse(TaskOptions.defaults().withInterruptOnCancel(options.interruptOnCancel())));
  }

  @Mutant(rule = "6.21")
  static EventLoop copiesTheContextThatWasGiven(LoopContext context) {
    return withOptions(
        context,
        options -> options.context().map(Context::copy).map(options::withContext).orElse(options));
  }

  @Mutant(rule = "6.22")
  static EventLoop doesNotKnowWhereItsBodyIs(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      @SuppressWarnings("unchecked")
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        return Altered.of(Task.class, super.createTask(body, options), "stack", _ -> List.of());
      }
    };
  }

  @Mutant(rule = "6.23")
  static EventLoop swallowsWhatDoneCallbacksThrow(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Task<T> make(
              BaseEventLoop loop, Callable<? extends T> body, TaskOptions options) {
            return new BuiltinTask<T>(loop, body, options) {
              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                super.addDoneCallback(
                    done -> {
                      try {
                        callback.accept(done);
                      } catch (RuntimeException swallowed) {
                        // That is the defect.
                      }
                    },
                    with);
              }
            };
          }
        });
  }

  @Mutant(rule = "6.24")
  static EventLoop takesEveryFailureForRetrieved(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> Task<T> createTask(Callable<? extends T> body, TaskOptions options) {
        Task<T> task = super.createTask(body, options);
        task.addDoneCallback(done -> {
          Optional<Throwable> ignored = done.isCancelled() ? Optional.empty() : done.exception();
        });
        return task;
      }
    };
  }

  @Mutant(
      rule = "6.25",
      also = {"6.26", "6.28", "6.61", "6.62"})
  static EventLoop isHeldByABodyThatBlocks(LoopContext context) {
    return new CorrectLoop(context.withCoroutines(CoroutineMode.HANDOFF));
  }

  @Mutant(rule = "6.26", also = "6.30")
  static EventLoop interruptsWhomItMustNot(LoopContext context) {
    return withOptions(context, options -> options.withInterruptOnCancel(true));
  }
}
