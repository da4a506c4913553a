package org.asyncio4j.tck.mutants.tasks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;
import org.asyncio4j.tck.mutants.harness.Turn;

/** Chapter 6: several requests for the cancellation of bodies that block. */
public final class BlockingRequestMutants extends Defects {

  public BlockingRequestMutants() {
    defect("6.33", "interrupts once")
        .also("6.21", "6.27", "6.29", "6.31", "6.32", "6.60", "6.61", "6.62")
        .loop(loop -> {
          Turn first = Turn.first();
          loop.coroutines(it -> it.interrupt.onlyIf(first));
        });

    defect("6.33", "interrupts again")
        .also("6.21")
        .loop(loop ->
            loop.coroutines(it ->
                it.interrupt.instead((correct, _) -> {
                  correct.call();
                  loop.callLater(Duration.ofMillis(2), correct.later());
                })));

    defect("6.33", "interrupts a body again that asks for its requests")
        .loop(loop ->
            loop.currentTasks(it ->
                it.cancelling.returns(requests -> {
                  if (requests > 0) {
                    Thread.currentThread().interrupt();
                  }
                  return requests;
                })));

    defect("6.61", "does not interrupt for the request that is left")
        .also("6.21")
        .loop(loop -> interruptForWhatIsLeft(loop, Turn.never()));

    defect("6.61", "interrupts the first body only for the request that is left")
        .also("6.21")
        .loop(loop -> interruptForWhatIsLeft(loop, Turn.first()));

    defect("6.62", "shows the message for which a body was interrupted")
        .loop(loop -> keepTheMessage(loop, _ -> true));

    defect("6.62", "shows the message for which the second body was interrupted")
        .loop(loop -> keepTheMessage(loop, number -> number > 1));
  }

  private static void interruptForWhatIsLeft(MutantLoop loop, Turn interrupted) {
    Flag takenBack = new Flag();
    loop.tasks(it -> it.cancel.before(takenBack::clear));
    loop.currentTasks(it -> it.uncancel.before(takenBack::set));
    loop.coroutines(it -> BlockingCancellationMutants.interruptOnlyIf(it, takenBack, interrupted));
  }

  private static void keepTheMessage(MutantLoop loop, IntPredicate kept) {
    List<Task<?>> interrupted = new ArrayList<>();
    loop.tasks(it -> {
      String[] last = new String[1];
      it.cancel.given(message -> {
        if (it.hasUnseenInterrupt() && !interrupted.contains(it)) {
          interrupted.add(it);
        }
        boolean old = it.hasUnseenInterrupt() && kept.test(interrupted.indexOf(it) + 1);
        last[0] = old ? last[0] : message;
        return last[0];
      });
    });
  }
}
