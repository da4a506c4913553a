package org.asyncio4j.tck.mutants.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.coroutine.Suspension;
import org.asyncio4j.tck.mutants.harness.CoroutineSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.tasks.CancellationMutants;
import org.asyncio4j.tck.mutants.tasks.CurrentTaskMutants;

/** Chapter 14: locks and semaphores. */
public final class LockMutants extends Defects {

  private static final int CROWD = 3;

  public LockMutants() {
    defect("14.1", "wakes two tasks of a crowd").loop(LockMutants::wakeTwo);

    defect("14.2", "ignores a cancellation that comes with the result")
        .loop(CancellationMutants::ignoreWhatComesWithTheResult);

    defect("14.3", "leaves a body that is cancelled with the result")
        .also("14.2")
        .loop(loop -> loop.coroutines(LockMutants::leaveTheBody));

    defect("14.4", "cancels the awaited future a tick late")
        .loop(CancellationMutants::cancelTheAwaitedFutureLate);

    defect("14.5", "forgets the current task after its first step")
        .also("14.8", "14.9", "14.10")
        .loop(CurrentTaskMutants::forgetAfterTheFirstStep);
  }

  private static void wakeTwo(MutantLoop loop) {
    List<Promise<Object>> pending = new ArrayList<>();
    loop.futures(it -> {
      pending.add(it);
      it.setResult.after(() -> {
        boolean crowd = pending.size() >= CROWD;
        pending.removeIf(Future::isDone);
        if (crowd && !pending.isEmpty()) {
          pending.removeFirst().setResult(null);
        }
      });
    });
  }

  private static void leaveTheBody(CoroutineSeams it) {
    AtomicReference<Throwable> raised = new AtomicReference<>();
    it.throwInto.around((correct, thrown) -> {
      Future<?> awaited = it.awaited();
      if (awaited == null || !awaited.isDone() || awaited.isCancelled()) {
        return correct.call(thrown);
      }
      raised.set(thrown);
      return Suspension.RAISED;
    });
    it.failure.around((correct, _) -> raised.get() == null ? correct.call() : raised.get());
  }
}
