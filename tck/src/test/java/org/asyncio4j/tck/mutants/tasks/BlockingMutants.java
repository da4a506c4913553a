package org.asyncio4j.tck.mutants.tasks;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.CoreSeams.NewCoroutine;

/** Chapter 6: cancellation of bodies that block. */
public final class BlockingMutants extends Defects {

  public BlockingMutants() {
    defect("6.25 also .26, .28, .61, .62", "is held by a body that blocks")
        .onHandoff()
        .loop(_ -> {});
    defect("6.26 also .30", "interrupts whom it must not")
        .loop(loop -> loop.options(given -> given.withInterruptOnCancel(true)));
    defect("6.27 also .29, .32, .61, .62", "fails with what an interrupted body throws")
        .loop(loop -> failWithWhatIsThrown(loop, Turn.always()));
    defect("6.27 also .29, .32, .61, .62", "fails with what the second interrupted body throws")
        .loop(loop -> failWithWhatIsThrown(loop, Turn.from(2)));
    defect("6.27 also .32, .62", "loses what an interrupted body throws")
        .loop(loop ->
            changeWhatIsThrown(
                loop,
                (task, thrown) ->
                    task.hasUnseenInterrupt() ? new CancelledError("without a cause") : thrown));
    defect("6.28 also .30, .60", "takes every failure for the cancellation")
        .loop(loop ->
            changeWhatIsThrown(
                loop,
                (task, thrown) ->
                    task.hasUnseenInterrupt()
                        ? thrown
                        : new CancelledError("although it failed by itself")));
    defect("6.28", "interrupts a body that could go on")
        .loop(loop -> interruptWhatCouldGoOn(loop, Turn.always()));
    defect("6.28", "interrupts the third body that could go on")
        .loop(loop -> interruptWhatCouldGoOn(loop, Turn.from(3)));
    defect("6.29 also .21", "does not interrupt a body that has cancelled itself")
        .loop(loop -> interruptAfterOwnCancel(loop, Turn.never()));
    defect("6.29 also .21", "interrupts the first body only that has cancelled itself")
        .loop(loop -> interruptAfterOwnCancel(loop, Turn.nth(1)));
    defect("6.30 also .26", "interrupts a body that must not be")
        .loop(loop -> keepTheOption(loop, Turn.never()));
    defect("6.30", "interrupts the second body that must not be")
        .loop(loop -> keepTheOption(loop, Turn.nth(1)));
    defect("6.31 also .21", "never clears the interrupt flag")
        .loop(loop -> loop.coroutines(it -> it.clearInterrupt.swallow()));
    defect("6.31 also .21", "clears the interrupt flag when the cancellation is raised only")
        .loop(loop ->
            loop.coroutines(it -> it.clearInterrupt.onlyIf(loop.shared(Turn.everyOther()))));
    defect("6.32 also .27, .31, .33, .60, .61, .62", "ignores cancellations from foreign threads")
        .tasks(it -> it.cancelThreadsafe.swallow());
    defect(
            "6.32 also .27, .31, .33, .60, .61, .62",
            "ignores cancellations from foreign threads after the first")
        .loop(loop -> loop.tasks(it -> it.cancelThreadsafe.onlyIf(loop.shared(Turn.nth(1)))));
    defect(
            "6.32 also .25, .26, .27, .28, .29, .31, .33, .60, .61, .62",
            "loses what reaches a body that holds it")
        .onHandoff()
        .loop(BlockingMutants::loseTheAlarm);
    defect("6.33 also .21, .27, .29, .31, .32, .60, .61, .62", "interrupts once")
        .loop(loop -> loop.coroutines(it -> it.interrupt.onlyIf(loop.shared(Turn.nth(1)))));
    defect("6.33 also .21", "interrupts again")
        .loop(loop ->
            loop.coroutines(it ->
                it.interrupt.instead((correct, _) -> {
                  correct.call();
                  loop.callLater(Duration.ofMillis(2), correct.later());
                })));
    defect("6.33", "interrupts a body again that asks for its requests")
        .loop(loop ->
            loop.currentTasks(it ->
                it.cancelling.withResult(requests -> {
                  if (requests > 0) {
                    Thread.currentThread().interrupt();
                  }
                })));
    defect("6.60 also .21", "takes whatever an interrupted body throws for the cancellation")
        .loop(loop -> rememberInterrupts(loop, Turn.always()));
    defect("6.60 also .21", "takes what the second interrupted body throws for the cancellation")
        .loop(loop -> rememberInterrupts(loop, Turn.nth(2)));
    defect("6.61 also .21", "does not interrupt for the request that is left")
        .loop(loop -> interruptForWhatIsLeft(loop, Turn.never()));
    defect("6.61 also .21", "interrupts the first body only for the request that is left")
        .loop(loop -> interruptForWhatIsLeft(loop, Turn.nth(1)));
    defect("6.62", "shows the message for which a body was interrupted")
        .loop(loop -> keepTheMessage(loop, _ -> true));
    defect("6.62", "shows the message for which the second body was interrupted")
        .loop(loop -> keepTheMessage(loop, number -> number > 1));
  }

  private static void changeWhatIsThrown(
      MutantLoop loop, BiFunction<Task<?>, Exception, Throwable> throwing) {
    loop.bodies(body -> {
      try {
        return body.call();
      } catch (Exception thrown) {
        Task<?> own = loop.currentTask().orElseThrow();
        throw Seam.<Exception>asIs(own.cancelling() == 0 ? thrown : throwing.apply(own, thrown));
      }
    });
  }

  private static void failWithWhatIsThrown(MutantLoop loop, Turn failing) {
    changeWhatIsThrown(
        loop,
        (task, thrown) -> {
          if (failing.comes()) {
            CancellationMutants.takeAllBack(task);
          }
          return thrown;
        });
  }

  /** Remembers that it has interrupted a body even after the body has seen the cancellation. */
  private static void rememberInterrupts(MutantLoop loop, Turn remembered) {
    loop.newCoroutine.around((correct, wanted) -> {
      Flag interrupted = new Flag();
      return MutantLoop.decorated(
          correct.call(
              new NewCoroutine(
                  wanted.threadName(),
                  () -> {
                    try {
                      return wanted.body().call();
                    } catch (Exception thrown) {
                      if (interrupted.isSet()
                          && !loop.currentTask().orElseThrow().hasUnseenInterrupt()) {
                        throw new CancelledError("although it was seen");
                      }
                      throw thrown;
                    }
                  },
                  wanted.onRunnable())),
          it -> it.interrupt.before(() -> interrupted.put(remembered.comes())));
    });
  }

  /** Interrupts bodies that are about to continue, at some of their cancellations. */
  public static void interruptWhatCouldGoOn(MutantLoop loop, Turn interrupted) {
    loop.createTask.around((_, wanted) -> {
      Thread[] thread = new Thread[1];
      MutantTask<Object> task =
          loop.newTask(
              wanted.running(() -> {
                thread[0] = Thread.currentThread();
                return wanted.body().call();
              }));
      task.cancel.after(() -> {
        boolean canGoOn =
            thread[0] != null
                && thread[0] != Thread.currentThread()
                && thread[0].getState() == Thread.State.RUNNABLE;
        if (canGoOn && interrupted.comes()) {
          thread[0].interrupt();
        }
      });
      return task;
    });
  }

  private static void interruptAfterOwnCancel(MutantLoop loop, Turn interrupted) {
    Flag byItself = new Flag();
    loop.tasks(it -> it.cancel.before(() -> byItself.put(it.isCurrent())));
    loop.coroutines(it -> interruptOnlyIf(it, byItself, interrupted));
  }

  /** Interrupts the given bodies only at some times. */
  public static void interruptOnlyIf(CoroutineSeams it, Flag concerned, Turn interrupted) {
    it.interrupt.onlyIf(() -> !concerned.isSet() || interrupted.comes());
  }

  private static void keepTheOption(MutantLoop loop, Turn kept) {
    loop.options(given ->
        given.interruptOnCancel() || kept.comes() ? given : given.withInterruptOnCancel(true));
  }

  /**
   * Replaces the wake-up of a task, which on the handoff engine also tells when to interrupt it.
   */
  public static void loseTheAlarm(MutantLoop loop) {
    loop.newCoroutine.given(
        it -> new NewCoroutine(it.threadName(), it.body(), () -> it.onRunnable().run()));
  }

  private static void interruptForWhatIsLeft(MutantLoop loop, Turn interrupted) {
    Flag takenBack = new Flag();
    loop.tasks(it -> it.cancel.before(takenBack::clear));
    loop.currentTasks(it -> it.uncancel.before(takenBack::set));
    loop.coroutines(it -> interruptOnlyIf(it, takenBack, interrupted));
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
