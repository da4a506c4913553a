package org.asyncio4j.tck.mutants.tasks;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 6: cancellation of bodies that block. */
public final class BlockingMutants extends Defects {

  public BlockingMutants() {
    defect("6.25 also .26, .28, .61, .62", "is held by a body that blocks")
        .onHandoff()
        .loop(_ -> {});
    defect("6.26 also .30", "interrupts whom it must not")
        .loop(loop -> loop.options(given -> given.withInterruptOnCancel(true)));
    defect("6.27 also .29, .32, .61, .62", "fails with what an interrupted body throws")
        .or("fails with what the second interrupted body throws", Turn.from(2))
        .tasks(it ->
            it.body.onFailure(
                Exception.class,
                (_, _) -> {
                  if (it.cancelling() > 0 && it.mutant().turn().comes()) {
                    CancellationMutants.takeAllBack(it);
                  }
                }));
    defect("6.27 also .32, .62", "loses what an interrupted body throws")
        .tasks(it -> cancelInstead(it, "without a cause", () -> it.hasUnseenInterrupt()));
    defect("6.28 also .30, .60", "takes every failure for the cancellation")
        .tasks(it ->
            cancelInstead(it, "although it failed by itself", () -> !it.hasUnseenInterrupt()));
    defect("6.28", "interrupts a body that could go on")
        .or("interrupts the third body that could go on", Turn.from(3))
        .tasks(BlockingMutants::interruptIfItCouldGoOn);
    defect("6.29 also .21", "does not interrupt a body that has cancelled itself", Turn.never())
        .or("interrupts the first body only that has cancelled itself", Turn.nth(1))
        .loop(loop -> {
          Flag byItself = new Flag();
          loop.tasks(it -> it.cancel.before(_ -> byItself.put(it.isCurrent())));
          interruptOnlyIf(loop, byItself);
        });
    defect("6.30 also .26", "interrupts a body that must not be", Turn.never())
        .or("6.30", "interrupts the second body that must not be", Turn.nth(1))
        .loop(loop ->
            loop.options(given ->
                given.interruptOnCancel() || loop.turn().comes()
                    ? given
                    : given.withInterruptOnCancel(true)));
    defect("6.31 also .21", "never clears the interrupt flag", Turn.never())
        .or("clears the interrupt flag when the cancellation is raised only", Turn.everyOther())
        .coroutines(it -> it.clearInterrupt.onlyIf(it.loop().turn()));
    defect(
            "6.32 also .27, .31, .33, .60, .61, .62",
            "ignores cancellations from foreign threads",
            Turn.never())
        .or("ignores cancellations from foreign threads after the first", Turn.nth(1))
        .tasks(it -> it.cancelThreadsafe.onlyIf(it.mutant().turn()));
    defect(
            "6.32 also .25, .26, .27, .28, .29, .31, .33, .60, .61, .62",
            "loses what reaches a body that holds it")
        .onHandoff()
        .loop(BlockingMutants::loseTheAlarm);
    defect("6.33 also .21, .27, .29, .31, .32, .60, .61, .62", "interrupts once", Turn.nth(1))
        .coroutines(it -> it.interrupt.onlyIf(it.loop().turn()));
    defect("6.33 also .21", "interrupts again")
        .coroutines(it ->
            it.interrupt.instead((correct, _) -> {
              correct.call();
              it.loop().callLater(Duration.ofMillis(2), correct.later());
            }));
    defect("6.33", "interrupts a body again that asks for its requests")
        .currentTasks(it ->
            it.cancelling.withResult(requests -> {
              if (requests > 0) {
                Thread.currentThread().interrupt();
              }
            }));
    defect("6.60 also .21", "takes whatever an interrupted body throws for the cancellation")
        .or("takes what the second interrupted body throws for the cancellation", Turn.nth(2))
        .loop(BlockingMutants::rememberInterrupts);
    defect("6.61 also .21", "does not interrupt for the request that is left", Turn.never())
        .or("interrupts the first body only for the request that is left", Turn.nth(1))
        .loop(loop -> {
          Flag takenBack = new Flag();
          loop.tasks(it -> it.cancel.before(_ -> takenBack.clear()));
          loop.currentTasks(it -> it.uncancel.before(_ -> takenBack.set()));
          interruptOnlyIf(loop, takenBack);
        });
    defect("6.62", "shows the message for which a body was interrupted")
        .loop(loop -> keepTheMessage(loop, _ -> true));
    defect("6.62", "shows the message for which the second body was interrupted")
        .loop(loop -> keepTheMessage(loop, number -> number > 1));
  }

  /** Replaces some of the exceptions that a cancelled body throws. */
  private static void cancelInstead(
      MutantTask<Object> it, String message, BooleanSupplier isReplaced) {
    it.body.insteadOf(
        Exception.class,
        thrown ->
            it.cancelling() > 0 && isReplaced.getAsBoolean()
                ? new CancelledError(message)
                : thrown);
  }

  /** Remembers that it has interrupted a body even after the body has seen the cancellation. */
  private static void rememberInterrupts(MutantLoop loop) {
    loop.newCoroutine.around((correct, wanted) -> {
      Flag interrupted = new Flag();
      Callable<Object> body =
          () -> {
            try {
              return wanted.body().call();
            } catch (Exception thrown) {
              if (interrupted.isSet() && !loop.currentTask().orElseThrow().hasUnseenInterrupt()) {
                throw new CancelledError("although it was seen");
              }
              throw thrown;
            }
          };
      return loop.decorated(
          correct.call(Requests.with(wanted, "body", body)),
          it -> it.interrupt.before(_ -> interrupted.put(loop.turn().comes())));
    });
  }

  /** Interrupts a body that is about to continue, at some of its cancellations. */
  public static void interruptIfItCouldGoOn(MutantTask<Object> it) {
    Thread[] thread = new Thread[1];
    it.body.before(_ -> thread[0] = Thread.currentThread());
    it.cancel.after(
        _ ->
            thread[0] != null
                && thread[0] != Thread.currentThread()
                && thread[0].getState() == Thread.State.RUNNABLE
                && it.mutant().turn().comes(),
        _ -> thread[0].interrupt());
  }

  /** Interrupts the given bodies only at some times. */
  public static void interruptOnlyIf(MutantLoop loop, Flag concerned) {
    loop.coroutines(it -> it.interrupt.unless(concerned.and(_ -> !loop.turn().comes())));
  }

  /**
   * Replaces the wake-up of a task, which on the handoff engine also tells when to interrupt it.
   */
  public static void loseTheAlarm(MutantLoop loop) {
    loop.newCoroutine.with("onRunnable", it -> (Runnable) () -> it.onRunnable().run());
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
