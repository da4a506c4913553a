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
            it.setResult.after(() -> {
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
        .loop(loop ->
            loop.coroutines(it -> {
              AtomicReference<Throwable> raised = new AtomicReference<>();
              it.throwInto.around((correct, thrown) -> {
                Future<?> awaited = it.awaited();
                if (awaited == null || !awaited.isDone() || awaited.isCancelled()) {
                  return correct.call(thrown);
                }
                raised.set(thrown);
                return Suspension.RAISED;
              });
              it.failure.around(
                  (correct, _) -> raised.get() == null ? correct.call() : raised.get());
            }));

    defect("14.4", "cancels the awaited future a tick late")
        .loop(CancellationMutants::cancelTheAwaitedFutureLate);
    defect("14.5 also .8, .9, .10", "forgets the current task after its first step")
        .loop(TaskLifetimeMutants::forgetAfterTheFirstStep);
    defect("14.6 also .7", "wakes the first a tick late").loop(loop -> wakeLate(loop, Turn.nth(1)));
    defect("14.7", "wakes all tasks a tick late").loop(loop -> wakeLate(loop, Turn.always()));
    defect("14.8 also .9", "has cancelled tasks wait no more")
        .futures(it ->
            it.await.unless(() ->
                !it.isDone()
                    && it.loop().currentTask().filter(task -> task.cancelling() > 0).isPresent()));
    defect("14.9", "can be cancelled once").loop(CancellationMutants::cancelOnce);
    defect("14.10", "loses every fortieth wake up")
        .loop(loop -> loop.futures(it -> it.setResult.unless(loop.shared(Turn.every(40)))));
    defect("14.11 also .13, .14", "loses what callbacks complete")
        .loop(loop -> loop.futures(it -> it.setResult.unless(loop::inCallback)));
    defect("14.12", "loses what is completed while it rests")
        .loop(loop -> loop.futures(it -> it.setResult.onlyIf(loop::isRunning)));
    defect("14.13 also .14", "loses the second call from another thread")
        .loop(loop ->
            loop.callSoonThreadsafe.given(callback ->
                !MutantLoop.onLoop() && loop.shared(Turn.nth(2)).comes() ? () -> {} : callback));
    defect("14.14", "seems not to run on other threads")
        .loop(loop -> loop.isRunning.returns(running -> MutantLoop.onLoop() && running));
    defect("14.15", "is held by a body that blocks").onHandoff().loop(_ -> {});
  }

  private static void wakeLate(MutantLoop loop, Turn late) {
    loop.futures(it -> {
      boolean isLate = late.comes();
      it.await.after(
          () -> isLate && loop.currentTask().isPresent(), () -> Asyncio.sleep(Duration.ZERO));
    });
  }
}
