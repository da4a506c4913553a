package org.asyncio4j.tck.mutants.callbacks;

import static java.util.Objects.requireNonNull;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.CoreSeams.Delay;
import org.asyncio4j.tck.mutants.harness.CoreSeams.Timer;

/** Chapter 2: callbacks, timers and their handles. */
public final class CallbackMutants extends Defects {

  public CallbackMutants() {
    defect("2.1 also .4, .5, .6, .7, .8, .14, .19, .24, .25, .31, .32", "runs the last first")
        .loop(loop -> {
          Deque<Runnable> stack = new ArrayDeque<>();
          loop.callSoon.before(stack::push);
          loop.callSoon.given(_ -> () -> stack.pop().run());
        });
    defect("2.2 also .31, .32", "runs what is scheduled in the same tick")
        .loop(loop -> {
          List<Runnable> nested = new ArrayList<>();
          Flag inside = new Flag();
          loop.callSoon.given(callback -> {
            requireNonNull(callback, "callback");
            if (inside.isSet()) {
              nested.add(callback);
              return () -> {};
            }
            return () -> {
              inside.during(callback).run();
              runAll(nested);
            };
          });
        });
    defect("2.3 also .31, .32", "puts timers off while it is busy")
        .loop(loop -> {
          AtomicInteger busy = new AtomicInteger();
          loop.callSoon.givenIf(
              _ -> MutantLoop.onLoop(),
              callback -> {
                busy.incrementAndGet();
                return () -> {
                  busy.decrementAndGet();
                  callback.run();
                };
              });
          loop.callAt.given(timer -> {
            Runnable callback = requireNonNull(timer.callback(), "callback");
            return timer.calling(() -> {
              if (busy.get() > 0) {
                loop.callAt(loop.time(), callback);
              } else {
                callback.run();
              }
            });
          });
        });
    defect("2.4 also .6, .14, .31", "ignores cancel before the run")
        .loop(
            loop -> loop.handles(loop.callSoon, it -> it.cancel.onlyIf(_ -> MutantLoop.onLoop())));
    defect("2.5 also .6", "ignores cancel within the batch")
        .loop(
            loop -> loop.handles(loop.callSoon, it -> it.cancel.unless(_ -> MutantLoop.onLoop())));
    defect("2.6 also .8, .31, .32", "swallows exceptions")
        .loop(loop -> loop.callbacks().swallowing(RuntimeException.class));
    defect("2.7 also .31, .32", "is ended by an error")
        .loop(loop -> {
          Flag dead = new Flag();
          loop.callbacks()
              .insteadIf(dead, _ -> loop.stop())
              .catching(Error.class, (_, _) -> dead.set());
        });
    defect("2.8 also .31, .32", "is ended by its exception handler")
        .loop(loop -> {
          Flag dead = new Flag();
          loop.setExceptionHandler.given(handler ->
              (of, report) -> catching(() -> handler.handle(of, report), _ -> dead.set()));
          loop.callbacks().insteadIf(dead, _ -> loop.stop());
        });
    defect("2.9 also .21", "runs timers a millisecond early")
        .loop(loop -> loop.callAt.given(timer -> timer.at(timer.when() - 1_000_000)));
    defect("2.10 also .26, .31, .32", "runs due timers within the call")
        .loop(loop ->
            loop.callLater.givenIf(
                timer -> !timer.delay().isPositive(),
                timer -> {
                  timer.callback().run();
                  return new Delay(timer.delay(), () -> {});
                }));
    defect("2.11 also .13, .14, .16, .31, .32", "runs timers in the order of scheduling")
        .loop(loop -> {
          Deque<Runnable> queue = new ArrayDeque<>();
          loop.callAt.before(timer -> queue.add(timer.callback()));
          loop.callAt.given(timer -> timer.calling(() -> queue.poll().run()));
        });
    defect("2.12 also .13, .14, .31, .32", "runs the last of equal timers first")
        .loop(loop -> {
          Map<Long, Deque<Runnable>> stacks = new HashMap<>();
          loop.callAt.given(timer -> {
            Deque<Runnable> stack = stacks.computeIfAbsent(timer.when(), _ -> new ArrayDeque<>());
            stack.push(timer.callback());
            return timer.calling(() -> stack.pop().run());
          });
        });
    defect("2.13 also .14, .31", "runs cancelled timers").loop(CallbackMutants::hideTimers);
    defect("2.14", "keeps its callbacks")
        .loop(loop -> {
          List<Runnable> kept = new ArrayList<>();
          loop.callSoon.before(kept::add);
        });
    defect("2.15", "counts timers as cancelled that have run")
        .timers(it -> {
          Flag cancelled = it.cancel.called();
          it.isCancelled.around((_, _) -> cancelled.isSet());
        });
    defect("2.16", "overflows")
        .loop(loop ->
            loop.callLater.around((_, timer) ->
                loop.callAt(loop.time() + overflowing(timer.delay()), timer.callback())));
    defect("2.17 also .9", "has a coarse time of its own")
        .loop(loop -> loop.time.returns(time -> time >> 24 << 24));
    defect("2.18", "accepts no callback")
        .loop(loop -> loop.callSoon.givenIf(Objects::isNull, _ -> () -> {}));
    defect("2.19 also .11, .13, .14, .26, .31, .32", "runs timers before callbacks")
        .loop(loop -> {
          List<Runnable> timers = new ArrayList<>();
          loop.callAt.givenIf(
              timer -> timer.callback() != null,
              timer -> {
                Runnable once = onceDue(loop, timer);
                timers.add(once);
                return timer.calling(once);
              });
          loop.callSoon.givenIf(
              Objects::nonNull,
              callback ->
                  () -> {
                    timers.addAll(runAll(timers));
                    callback.run();
                  });
        });
    defect("2.20", "polls constantly").loop(loop -> loop.poll.given(_ -> 0L));
    defect("2.21", "reports another time").timers(it -> it.when.returns(when -> when + 1_000));
    defect("2.22", "compares handles by time")
        .timers(it ->
            it.equals.around((_, other) ->
                other instanceof TimerHandle timer && timer.when() == it.correct().when()));
    defect("2.23 also .25", "copies the context that was given")
        .loop(loop -> loop.callSoonIn.with("context", it -> it.context().copy()));
    defect("2.24", "forgets the context of the scheduler")
        .loop(loop ->
            loop.callSoon.around((_, callback) -> loop.callSoon(callback, Context.empty())));
    defect("2.25", "reports another context")
        .loop(loop -> loop.handles(loop.callSoonIn, it -> it.context.always(Context.empty())));
    defect("2.26", "copies the context of timers")
        .loop(loop -> loop.callAtIn.with("context", timer -> timer.context().copy()));
    defect("2.27 also .31, .32", "runs threadsafe callbacks twice")
        .loop(loop -> loop.callSoonThreadsafe.givenIf(Objects::nonNull, CallbackMutants::twice));
    defect("2.28", "reports in another context")
        .loop(loop ->
            loop.setExceptionHandler.given(handler ->
                (of, report) ->
                    Context.empty()
                        .<Object, RuntimeException>run(() -> {
                          handler.handle(of, report);
                          return null;
                        })));
    defect("2.31 also .6", "calls handles by their own class")
        .loop(loop -> loop.handles(loop.callSoon, it -> it.toString.always("IoHandle@1234")));
    defect("2.31", "forgets the names of timers that have run")
        .timers(it -> {
          long before = it.loop().ticks();
          it.toString.returns(text ->
              it.loop().ticks() > before && !it.correct().isCancelled() ? "<Handle done>" : text);
        });
    defect("2.32", "reports without a name of the callback")
        .loop(loop ->
            loop.callExceptionHandler.given(report ->
                ErrorReport.of("Exception in callback")
                    .withException(report.exception().orElse(null))
                    .withHandle(report.handle().orElse(null))));
    defect("2.32 also .31", "lets the text of a timer throw")
        .loop(loop ->
            loop.callAt.given(timer -> {
              Runnable callback = requireNonNull(timer.callback());
              return timer.calling(() ->
                  catching(callback, it -> loop.report("Exception in callback " + callback, it)));
            }));
  }

  /** Puts another timer in the place of each, which cannot be cancelled any more. */
  public static void hideTimers(MutantLoop loop) {
    loop.callAt.around((correct, timer) -> {
      TimerHandle hidden = correct.call(timer);
      return correct.call(timer.at(hidden.when()).calling(() -> {}));
    });
  }

  private static void catching(Runnable step, Consumer<RuntimeException> instead) {
    try {
      step.run();
    } catch (RuntimeException thrown) {
      instead.accept(thrown);
    }
  }

  private static List<Runnable> runAll(List<Runnable> steps) {
    List<Runnable> now = List.copyOf(steps);
    steps.clear();
    now.forEach(Runnable::run);
    return now;
  }

  private static Runnable twice(Runnable callback) {
    return () -> {
      callback.run();
      callback.run();
    };
  }

  private static Runnable onceDue(MutantLoop loop, Timer timer) {
    AtomicBoolean ran = new AtomicBoolean();
    return () -> {
      if (loop.time() >= timer.when() && ran.compareAndSet(false, true)) {
        timer.callback().run();
      }
    };
  }

  private static long overflowing(Duration delay) {
    return delay.getSeconds() * 1_000_000_000 + delay.getNano();
  }
}
