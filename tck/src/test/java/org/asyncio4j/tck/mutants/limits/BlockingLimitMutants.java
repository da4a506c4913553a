package org.asyncio4j.tck.mutants.limits;

import org.asyncio4j.core.Expiry;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;
import org.asyncio4j.tck.mutants.tasks.BlockingCancellationMutants;

/** Chapter 13: limits and groups of blocks that block. */
public final class BlockingLimitMutants extends Defects {

  public BlockingLimitMutants() {
    interrupts();
    takenBack();
    cancellations();
    repeated();
  }

  private void interrupts() {
    defect("13.18", "hides that it has interrupted a block")
        .also("13.20", "13.21", "13.22", "13.42")
        .loop(loop -> tellOfInterrupts(loop, Turn.never()));

    defect("13.18", "hides all interrupts but the first")
        .also("13.20", "13.21", "13.22", "13.42")
        .loop(loop -> tellOfInterrupts(loop, Turn.first()));

    defect("13.18", "loses the limits of a block that holds it")
        .also("13.19", "13.20", "13.21", "13.22", "13.24", "13.41", "13.42")
        .onHandoff()
        .loop(BlockingCancellationMutants::loseTheAlarm);

    defect("13.19", "interrupts a block that could go on")
        .also("13.24")
        .loop(loop -> BlockingCancellationMutants.interruptWhatCouldGoOn(loop, Turn.always()));

    defect("13.19", "interrupts the second block that could go on")
        .also("13.24")
        .loop(loop -> BlockingCancellationMutants.interruptWhatCouldGoOn(loop, Turn.fromSecond()));

    defect("13.20", "hides that it has interrupted a group")
        .also("13.18", "13.21", "13.22", "13.42")
        .loop(loop -> tellOfInterrupts(loop, Turn.never()));

    defect("13.20", "hides that it has interrupted the second group")
        .also("13.18", "13.21", "13.22", "13.42")
        .loop(loop -> tellOfInterrupts(loop, Turn.first()));

    defect("13.21", "hides an interrupt from all limits but the innermost")
        .also("13.18", "13.20", "13.22", "13.42")
        .loop(loop -> tellOfInterrupts(loop, Turn.everyOther()));
  }

  private static void tellOfInterrupts(MutantLoop loop, Turn told) {
    loop.currentTasks(it -> it.hasUnseenInterrupt.onlyIf(told));
  }

  private void takenBack() {
    defect("13.21", "takes the requests of both limits back")
        .also("13.6", "13.7", "13.22", "13.40", "13.42")
        .loop(loop ->
            loop.currentTasks(it ->
                it.uncancel.around((correct, _) -> {
                  int left = correct.call();
                  return left == 1 ? correct.call() : left;
                })));

    defect("13.22", "raises what was taken back")
        .loop(loop -> loop.currentTasks(it -> it.dropUnseenCancellation.swallow()));

    defect("13.22", "raises what a later limit has taken back")
        .loop(loop -> {
          Turn dropped = Turn.upTo(3);
          loop.currentTasks(it -> it.dropUnseenCancellation.onlyIf(dropped));
        });

    defect("13.23", "keeps limits that are over")
        .also("13.3", "13.4", "13.32")
        .loop(loop -> closeLimits(loop, Turn.never()));

    defect("13.23", "keeps a later limit that is over")
        .loop(loop -> closeLimits(loop, Turn.upTo(2)));
  }

  private static void closeLimits(MutantLoop loop, Turn closed) {
    loop.currentTasks(it ->
        it.scheduleExpiry.returns(limit -> closed.getAsBoolean() ? limit : new NeverClosed(limit)));
  }

  private void cancellations() {
    defect("13.24", "loses a later cancellation")
        .loop(loop -> {
          Turn lost = Turn.nth(12);
          loop.tasks(it ->
              it.cancel.around((correct, message) -> lost.getAsBoolean() || correct.call(message)));
        });

    defect("13.24", "cancels twice")
        .loop(loop -> {
          Turn again = Turn.from(12);
          loop.tasks(it ->
              it.cancel.around((correct, message) ->
                  correct.call(message) && (!again.getAsBoolean() || correct.call(message))));
        });
  }

  private void repeated() {
    defect("13.41", "shows an interrupt that its body has outlived")
        .loop(loop -> tellOfOutlivedInterrupts(loop, Turn.always()));

    defect("13.41", "shows the second interrupt that its body has outlived")
        .loop(loop -> tellOfOutlivedInterrupts(loop, Turn.fromSecond()));

    defect("13.42", "does not interrupt again before the first was seen")
        .loop(loop -> interruptAgain(loop, Turn.never()));

    defect("13.42", "does not interrupt a second block again")
        .loop(loop -> interruptAgain(loop, Turn.first()));
  }

  private static void tellOfOutlivedInterrupts(MutantLoop loop, Turn told) {
    Flag interrupted = new Flag();
    loop.tasks(it -> it.cancel.before(interrupted::clear));
    loop.coroutines(it -> it.interrupt.before(() -> interrupted.put(told.getAsBoolean())));
    loop.currentTasks(it -> it.hasUnseenInterrupt.returns(unseen -> interrupted.isSet() || unseen));
  }

  private static void interruptAgain(MutantLoop loop, Turn interrupted) {
    Flag again = new Flag();
    loop.tasks(it -> it.cancel.before(() -> again.put(it.hasUnseenInterrupt())));
    loop.coroutines(it -> BlockingCancellationMutants.interruptOnlyIf(it, again, interrupted));
  }

  /** A limit that goes on after its block. */
  private record NeverClosed(Expiry correct) implements Expiry {

    @Override
    public void reschedule(long when) {
      correct.reschedule(when);
    }

    @Override
    public void close() {
      // The time will be up after the block has ended.
    }
  }
}
