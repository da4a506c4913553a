package org.asyncio4j.tck.mutants.waiting;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 12: races. */
public final class RaceMutants extends Defects {

  public RaceMutants() {
    defect("12.15", "forgets timers of tasks")
        .also("12.9")
        .loop(loop ->
            loop.callLater.around((correct, timer) -> {
              TimerHandle handle = correct.call(timer);
              if (loop.currentTask().isPresent() && !timer.delay().isZero()) {
                handle.cancel();
              }
              return handle;
            }));

    defect("12.16", "cancels no task from a callback")
        .also("12.15")
        .loop(loop ->
            loop.tasks(it ->
                it.cancel.around((correct, message) ->
                    loop.inCallback() ? !it.isDone() : correct.call(message))));

    defect("12.17", "cancels one task a step").loop(RaceMutants::cancelOneAStep);
  }

  private static void cancelOneAStep(MutantLoop loop) {
    AtomicReference<Optional<Task<?>>> last = new AtomicReference<>(Optional.empty());
    Runnable renew = loop.oncePerTick(() -> last.set(Optional.empty()));
    loop.tasks(it ->
        it.cancel.around((correct, message) -> {
          renew.run();
          Optional<Task<?>> current = loop.currentTask();
          boolean again = current.isPresent() && current.equals(last.get());
          last.set(current);
          return again || correct.call(message);
        }));
  }
}
