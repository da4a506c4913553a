package org.asyncio4j.tck.mutants.callbacks;

import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 2: handles, and what is behind them. */
public final class HandleMutants extends Defects {

  public HandleMutants() {
    defect("2.4", "ignores cancel before the run")
        .also("2.6", "2.14", "2.31")
        .loop(loop -> loop.handles(loop.callSoon, it -> it.cancel.onlyIf(MutantLoop::onLoop)));

    defect("2.5", "ignores cancel within the batch")
        .also("2.6")
        .loop(loop -> loop.handles(loop.callSoon, it -> it.cancel.unless(MutantLoop::onLoop)));

    defect("2.14", "keeps its callbacks")
        .loop(loop -> {
          List<Runnable> kept = new ArrayList<>();
          loop.callSoon.before(kept::add);
        });

    defect("2.18", "accepts no callback")
        .loop(loop -> loop.callSoon.given(callback -> callback == null ? () -> {} : callback));

    defect("2.27", "runs threadsafe callbacks twice")
        .also("2.31", "2.32")
        .loop(loop ->
            loop.callSoonThreadsafe.given(callback -> callback == null ? null : twice(callback)));
  }

  private static Runnable twice(Runnable callback) {
    return () -> {
      callback.run();
      callback.run();
    };
  }
}
