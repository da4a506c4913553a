package org.asyncio4j.tck.mutants.callbacks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.tck.mutants.harness.CoreSeams.Delay;
import org.asyncio4j.tck.mutants.harness.CoreSeams.Timer;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 2: timers. */
public final class TimerMutants extends Defects {

  public TimerMutants() {
    orders();
    handles();

    defect("2.9", "runs timers a millisecond early")
        .also("2.21")
        .loop(loop -> loop.callAt.given(timer -> timer.at(timer.when() - 1_000_000)));

    defect("2.10", "runs due timers within the call")
        .also("2.26", "2.31", "2.32")
        .loop(loop ->
            loop.callLater.around((correct, timer) -> {
              if (timer.delay().isPositive()) {
                return correct.call(timer);
              }
              timer.callback().run();
              return correct.call(new Delay(timer.delay(), () -> {}));
            }));

    defect("2.16", "overflows")
        .loop(loop ->
            loop.callLater.around((_, timer) ->
                loop.callAt(loop.time() + overflowing(timer.delay()), timer.callback())));

    defect("2.17", "has a coarse time of its own")
        .also("2.9")
        .loop(loop -> loop.time.returns(time -> time >> 24 << 24));

    defect("2.20", "polls constantly").loop(loop -> loop.poll.given(_ -> 0L));
  }

  private void orders() {
    defect("2.11", "runs timers in the order of scheduling")
        .also("2.13", "2.14", "2.16", "2.31", "2.32")
        .loop(loop -> {
          Deque<Runnable> queue = new ArrayDeque<>();
          loop.callAt.before(timer -> queue.add(timer.callback()));
          loop.callAt.given(timer -> timer.calling(() -> queue.poll().run()));
        });

    defect("2.12", "runs the last of equal timers first")
        .also("2.13", "2.14", "2.31", "2.32")
        .loop(loop -> {
          Map<Long, Deque<Runnable>> stacks = new HashMap<>();
          loop.callAt.given(timer -> {
            Deque<Runnable> stack = stacks.computeIfAbsent(timer.when(), _ -> new ArrayDeque<>());
            stack.push(timer.callback());
            return timer.calling(() -> stack.pop().run());
          });
        });

    defect("2.19", "runs timers before callbacks")
        .also("2.11", "2.13", "2.14", "2.26", "2.31", "2.32")
        .loop(TimerMutants::runTimersFirst);
  }

  private static void runTimersFirst(MutantLoop loop) {
    List<Runnable> timers = new ArrayList<>();
    loop.callAt.given(timer -> {
      if (timer.callback() == null) {
        return timer;
      }
      Runnable once = onceDue(loop, timer);
      timers.add(once);
      return timer.calling(once);
    });
    loop.callSoon.given(callback ->
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

  private static Runnable onceDue(MutantLoop loop, Timer timer) {
    AtomicBoolean ran = new AtomicBoolean();
    return () -> {
      if (loop.time() >= timer.when() && ran.compareAndSet(false, true)) {
        timer.callback().run();
      }
    };
  }

  private void handles() {
    defect("2.13", "runs cancelled timers")
        .also("2.14", "2.31")
        .loop(loop ->
            loop.callAt.around((correct, timer) -> {
              TimerHandle hidden = correct.call(timer);
              return correct.call(timer.at(hidden.when()).calling(() -> {}));
            }));

    defect("2.15", "counts timers as cancelled that have run")
        .loop(loop ->
            loop.timers((_, it) -> {
              Flag cancelled = new Flag();
              it.cancel.before(cancelled::set);
              it.isCancelled.around((_, _) -> cancelled.isSet());
            }));

    defect("2.21", "reports another time")
        .loop(loop -> loop.timers((_, it) -> it.when.returns(when -> when + 1_000)));

    defect("2.22", "compares handles by time")
        .loop(loop ->
            loop.timers((handle, it) ->
                it.equals.around((_, other) ->
                    other instanceof TimerHandle timer && timer.when() == handle.when())));
  }

  private static long overflowing(Duration delay) {
    return delay.getSeconds() * 1_000_000_000 + delay.getNano();
  }
}
