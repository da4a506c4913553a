package org.asyncio4j.tck.mutants.sync;

import module java.base;

import org.asyncio4j.Asyncio;
import org.asyncio4j.core.*;
import org.asyncio4j.spi.coroutine.Suspension;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.tasks.*;

/** Chapter 14: locks and signals. */
public final class SyncMutants extends Defects {

  private static final int CROWD = 3;

  public SyncMutants() {
    defect("14.1", "wakes two tasks of a crowd")
        .loop(loop -> {
          List<Promise<Object>> pending = new ArrayList<>();
          loop.futures(it -> {
            pending.add(it);
            it.setResult.after(_ -> {
              boolean crowd = pending.size() >= CROWD;
              pending.removeIf(Future::isDone);
              if (crowd && !pending.isEmpty()) {
                pending.removeFirst().setResult(null);
              }
            });
          });
        });
    defect("14.2", "ignores a cancellation that comes with the result")
        .loop(CancellationMutants::ignoreWhatComesWithTheResult);
    defect("14.3 also .2", "leaves a body that is cancelled with the result")
        .coroutines(it -> {
          AtomicReference<Throwable> raised = new AtomicReference<>();
          it.throwInto.around((correct, thrown) -> {
            Future<?> awaited = it.correct().awaited();
            if (awaited == null || !awaited.isDone() || awaited.isCancelled()) {
              return correct.call(thrown);
            }
            raised.set(thrown);
            return Suspension.RAISED;
          });
          it.failure.aroundIf(_ -> raised.get() != null, (_, _) -> raised.get());
        });
    defect("14.4", "cancels the awaited future a tick late")
        .loop(CancellationMutants::cancelTheAwaitedFutureLate);
    defect("14.5 also .8, .9, .10", "forgets the current task after its first step")
        .loop(TaskLifetimeMutants::forgetAfterTheFirstStep);
    defect("14.6 also .7", "wakes the first a tick late", Turn.nth(1))
        .or("14.7", "wakes all tasks a tick late", Turn.always())
        .futures(it -> {
          boolean isLate = it.mutant().turn().comes();
          it.await.after(
              _ -> isLate && it.loop().currentTask().isPresent(),
              _ -> Asyncio.sleep(Duration.ZERO));
        });
    defect("14.8 also .9", "has cancelled tasks wait no more")
        .futures(it -> it.await.unless(_ -> !it.isDone() && it.mutant().isCancelling()));
    defect("14.9", "can be cancelled once").tasks(CancellationMutants::cancelOnce);
    defect("14.10", "loses every fortieth wake up", Turn.every(40))
        .futures(it -> it.setResult.unless(it.mutant().turn()));
    defect("14.11 also .13, .14", "loses what callbacks complete")
        .futures(it -> it.setResult.unless(_ -> it.mutant().inCallback()));
    defect("14.12", "loses what is completed while it rests")
        .futures(it -> it.setResult.onlyIf(_ -> it.loop().isRunning()));
    defect("14.13 also .14", "loses the second call from another thread", Turn.nth(2))
        .loop(loop ->
            loop.callSoonThreadsafe.givenIf(
                _ -> !MutantLoop.onLoop() && loop.turn().comes(), _ -> () -> {}));
    defect("14.14", "seems not to run on other threads")
        .loop(loop -> loop.isRunning.returns(running -> MutantLoop.onLoop() && running));
    defect("14.15", "is held by a body that blocks").onHandoff().loop(_ -> {});
  }
}
