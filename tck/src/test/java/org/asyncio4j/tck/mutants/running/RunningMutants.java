package org.asyncio4j.tck.mutants.running;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 1: running and stopping. */
public final class RunningMutants extends Defects {

  public RunningMutants() {
    defect("1.10", "does not run at all after stop")
        .loop(loop -> {
          Flag stopped = new Flag();
          loop.stop.instead((correct, _) -> {
            if (loop.isRunning()) {
              correct.call();
            } else {
              stopped.set();
            }
          });
          loop.runForever.unless(stopped::take);
        });

    defect("1.11", "stops a tick late")
        .loop(loop ->
            loop.stop.instead((correct, _) -> {
              if (MutantLoop.onLoop()) {
                loop.callSoon(correct.later());
              } else {
                correct.call();
              }
            }));

    defect("1.12", "stays stopped")
        .also("1.4", "1.9", "1.10", "1.11", "1.13", "1.15", "1.16", "1.19")
        .loop(loop -> loop.runForever.after(loop::stop));

    defect("1.13", "pretends to run afterwards")
        .loop(loop -> {
          Flag ran = new Flag();
          loop.runForever.after(ran::set);
          loop.isRunning.returns(running -> ran.isSet() || running);
        });

    defect("1.14", "ignores that another thread runs it")
        .loop(loop -> loop.runForever.onlyIf(() -> !loop.isRunning() || MutantLoop.onLoop()));

    defect("1.15", "ignores that a loop runs here")
        .loop(loop -> loop.runForever.unless(MutantLoop::onLoop));

    defect("1.16", "is a wrapper of the loop that runs")
        .also("1.5")
        .opens(context -> MutantLoop.wrapped(EventLoop.class, MutantLoop.correct(context)));

    defect("1.17", "loses the interrupt").loop(loop -> loop.runForever.after(Thread::interrupted));
  }
}
