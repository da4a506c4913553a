package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.LoopContext;

/** Chapter 2: timers. */
final class TimerMutants {

  private TimerMutants() {}

  @Mutant(rule = "2.9", also = "2.21")
  static EventLoop runsTimersAMillisecondEarly(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        return super.callAt(when - 1_000_000, callback);
      }
    };
  }

  @Mutant(
      rule = "2.10",
      also = {"2.26", "2.31", "2.32"})
  static EventLoop runsDueTimersWithinTheCall(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callLater(Duration delay, Runnable callback) {
        if (delay.isPositive()) {
          return super.callLater(delay, callback);
        }
        callback.run();
        return super.callLater(delay, () -> {});
      }
    };
  }

  @Mutant(
      rule = "2.11",
      also = {"2.13", "2.14", "2.16", "2.31", "2.32"})
  static EventLoop runsTimersInTheOrderOfScheduling(LoopContext context) {
    return new CorrectLoop(context) {
      private final Deque<Runnable> queue = new ArrayDeque<>();

      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        queue.add(callback);
        return super.callAt(when, () -> queue.poll().run());
      }
    };
  }

  @Mutant(
      rule = "2.12",
      also = {"2.13", "2.14", "2.31", "2.32"})
  static EventLoop runsTheLastOfEqualTimersFirst(LoopContext context) {
    return new CorrectLoop(context) {
      private final Map<Long, Deque<Runnable>> stacks = new HashMap<>();

      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        Deque<Runnable> stack = stacks.computeIfAbsent(when, _ -> new ArrayDeque<>());
        stack.push(callback);
        return super.callAt(when, () -> stack.pop().run());
      }
    };
  }

  @Mutant(
      rule = "2.13",
      also = {"2.14", "2.31"})
  static EventLoop runsCancelledTimers(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        TimerHandle hidden = super.callAt(when, callback);
        return super.callAt(hidden.when(), () -> {});
      }
    };
  }

  @Mutant(rule = "2.15")
  static EventLoop countsTimersAsCancelledThatHaveRun(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        TimerHandle handle = super.callAt(when, callback);
        AtomicBoolean cancelled = new AtomicBoolean();
        return Altered.of(
            TimerHandle.class,
            handle,
            Map.of(
                "cancel",
                _ -> {
                  cancelled.set(true);
                  handle.cancel();
                  return null;
                },
                "isCancelled",
                _ -> cancelled.get()));
      }
    };
  }

  @Mutant(rule = "2.16")
  static EventLoop overflows(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callLater(Duration delay, Runnable callback) {
        long nanos = delay.getSeconds() * 1_000_000_000 + delay.getNano();
        return callAt(time() + nanos, callback);
      }
    };
  }

  @Mutant(rule = "2.17", also = "2.9")
  static EventLoop hasACoarseTimeOfItsOwn(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public long time() {
        return super.time() >> 24 << 24;
      }
    };
  }

  @Mutant(
      rule = "2.19",
      also = {"2.11", "2.13", "2.14", "2.26", "2.31", "2.32"})
  static EventLoop runsTimersBeforeCallbacks(LoopContext context) {
    return new CorrectLoop(context) {
      private final List<Runnable> timers = new ArrayList<>();

      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        AtomicBoolean ran = new AtomicBoolean();
        Runnable once =
            () -> {
              if (time() >= when && ran.compareAndSet(false, true)) {
                callback.run();
              }
            };
        if (callback != null) {
          timers.add(once);
        }
        return super.callAt(when, callback == null ? null : once);
      }

      @Override
      public Handle callSoon(Runnable callback) {
        return super.callSoon(
            callback == null
                ? null
                : () -> {
                  List<Runnable> due = List.copyOf(timers);
                  timers.clear();
                  due.forEach(Runnable::run);
                  timers.addAll(due);
                  callback.run();
                });
      }
    };
  }

  @Mutant(rule = "2.20")
  static EventLoop pollsConstantly(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      protected void poll(long waitNanos) throws IOException {
        super.poll(0);
      }
    };
  }

  @Mutant(rule = "2.21")
  static EventLoop tellsAnotherTime(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        return Altered.of(
            TimerHandle.class, super.callAt(when, callback), "when", _ -> when + 1_000);
      }
    };
  }

  @Mutant(rule = "2.22")
  static EventLoop comparesHandlesByTime(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        return Altered.of(
            TimerHandle.class,
            super.callAt(when, callback),
            "equals",
            args -> args[0] instanceof TimerHandle other && other.when() == when);
      }
    };
  }
}
