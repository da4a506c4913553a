package org.asyncio4j.tck.mutants.callbacks;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 2: callbacks. */
public final class CallbackMutants extends Defects {

  public CallbackMutants() {
    defect("2.1", "runs the last first")
        .also("2.4", "2.5", "2.6", "2.7", "2.8", "2.14", "2.19", "2.24", "2.25", "2.31", "2.32")
        .loop(loop -> {
          Deque<Runnable> stack = new ArrayDeque<>();
          loop.callSoon.before(stack::push);
          loop.callSoon.given(_ -> () -> stack.pop().run());
        });

    defect("2.2", "runs what is scheduled in the same tick")
        .also("2.31", "2.32")
        .loop(CallbackMutants::runInTheSameTick);

    defect("2.3", "puts timers off while it is busy")
        .also("2.31", "2.32")
        .loop(CallbackMutants::putTimersOff);

    defect("2.6", "swallows exceptions")
        .also("2.8", "2.31", "2.32")
        .loop(loop ->
            loop.callSoon.given(callback -> {
              requireNonNull(callback, "callback");
              return () -> {
                try {
                  callback.run();
                } catch (RuntimeException swallowed) {
                  // That is the defect.
                }
              };
            }));

    defect("2.7", "is ended by an error")
        .also("2.31", "2.32")
        .loop(loop -> {
          Flag dead = new Flag();
          loop.callSoon.given(callback -> {
            requireNonNull(callback, "callback");
            return () -> {
              try {
                runUnless(dead, callback, loop);
              } catch (Error fatal) {
                dead.set();
              }
            };
          });
        });

    defect("2.8", "is ended by its exception handler")
        .also("2.31", "2.32")
        .loop(loop -> {
          Flag dead = new Flag();
          loop.setExceptionHandler.given(handler ->
              (of, report) -> {
                try {
                  handler.handle(of, report);
                } catch (RuntimeException fatal) {
                  dead.set();
                }
              });
          loop.callSoon.given(callback -> {
            requireNonNull(callback, "callback");
            return () -> runUnless(dead, callback, loop);
          });
        });
  }

  private static void runInTheSameTick(MutantLoop loop) {
    List<Runnable> nested = new ArrayList<>();
    Flag inside = new Flag();
    loop.callSoon.given(callback -> {
      requireNonNull(callback, "callback");
      if (inside.isSet()) {
        nested.add(callback);
        return () -> {};
      }
      return () -> {
        inside.set();
        try {
          callback.run();
        } finally {
          inside.clear();
        }
        List<Runnable> now = List.copyOf(nested);
        nested.clear();
        now.forEach(Runnable::run);
      };
    });
  }

  private static void putTimersOff(MutantLoop loop) {
    AtomicInteger busy = new AtomicInteger();
    loop.callSoon.given(callback -> {
      if (!MutantLoop.onLoop()) {
        return callback;
      }
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
  }

  private static void runUnless(Flag dead, Runnable callback, MutantLoop loop) {
    if (dead.isSet()) {
      loop.stop();
    } else {
      callback.run();
    }
  }
}
