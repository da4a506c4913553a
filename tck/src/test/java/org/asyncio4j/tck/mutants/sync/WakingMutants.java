package org.asyncio4j.tck.mutants.sync;

import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 14: who may wake a task. */
public final class WakingMutants extends Defects {

  public WakingMutants() {
    defect("14.11", "loses what callbacks complete")
        .also("14.13", "14.14")
        .loop(loop -> loop.futures(it -> it.setResult.unless(loop::inCallback)));

    defect("14.12", "loses what is completed while it rests")
        .loop(loop -> loop.futures(it -> it.setResult.onlyIf(loop::isRunning)));

    defect("14.13", "loses the second call from another thread")
        .also("14.14")
        .loop(loop -> {
          Turn lost = Turn.second();
          loop.callSoonThreadsafe.given(
              callback -> !MutantLoop.onLoop() && lost.getAsBoolean() ? () -> {} : callback);
        });

    defect("14.14", "seems not to run on other threads")
        .loop(loop -> loop.isRunning.returns(running -> MutantLoop.onLoop() && running));

    defect("14.15", "is held by a body that blocks").onHandoff().loop(_ -> {});
  }
}
