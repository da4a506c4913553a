package org.asyncio4j.tck.mutants.sync;

import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;
import org.asyncio4j.tck.mutants.tasks.CancelRequestMutants;

/** Chapter 14: events, barriers, conditions and queues. */
public final class SignalMutants extends Defects {

  public SignalMutants() {
    defect("14.6", "wakes the first a tick late")
        .also("14.7")
        .loop(loop -> wakeLate(loop, Turn.first()));

    defect("14.7", "wakes all tasks a tick late").loop(loop -> wakeLate(loop, Turn.always()));

    defect("14.8", "has cancelled tasks wait no more")
        .also("14.9")
        .futures(it ->
            it.await.unless(() ->
                !it.isDone()
                    && it.loop().currentTask().filter(task -> task.cancelling() > 0).isPresent()));

    defect("14.9", "can be cancelled once").loop(CancelRequestMutants::cancelOnce);

    defect("14.10", "loses every fortieth wake up")
        .loop(loop -> {
          Turn lost = Turn.every(40);
          loop.futures(it -> it.setResult.unless(lost));
        });
  }

  private static void wakeLate(MutantLoop loop, Turn late) {
    loop.futures(it -> {
      boolean isLate = late.getAsBoolean();
      it.await.after(
          () -> isLate && loop.currentTask().isPresent(), () -> Asyncio.sleep(Duration.ZERO));
    });
  }
}
