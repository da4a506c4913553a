package org.asyncio4j.tck.mutants.limits;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.tck.mutants.callbacks.CallbackMutants;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.tasks.*;

/** Chapter 13: time limits and task groups. */
public final class LimitMutants extends Defects {

  public LimitMutants() {
    defect(
            "13.1 also .4, .5, .6, .7, .8, .10, .12, .14, .18, .19, .20, .21, .22, .24, .30, .40,"
                + " .41, .42",
            "takes no request back")
        .currentTasks(it -> it.uncancel.around((_, _) -> it.correct().cancelling()));
    defect("13.2", "ends blocks a nanosecond early")
        .loop(loop -> loop.callAt.given(timer -> timer.at(timer.when() - 1)));
    defect("13.3 also .4, .23, .32", "runs timers that were cancelled")
        .loop(CallbackMutants::hideTimers);
    defect(
            "13.4 also .18, .19, .21, .22, .24, .30, .41, .42",
            "loses the timer after one that is cancelled")
        .loop(loop -> {
          Flag cancelled = new Flag();
          loop.timers(it -> it.cancel.before(_ -> cancelled.set()));
          loop.callAt.givenIf(_ -> cancelled.take(), timer -> timer.calling(() -> {}));
        });
    defect("13.5", "runs callbacks a tick late")
        .loop(loop ->
            loop.callSoon.around((correct, callback) -> correct.call(correct.later(callback))));
    defect("13.6 also .7, .21, .22, .40", "counts one request of a tick")
        .loop(CancellationMutants::countOneATick);
    defect("13.7 also .6, .21, .22, .40, .42", "takes all requests back")
        .currentTasks(it ->
            it.uncancel.around((correct, _) -> {
              while (correct.call() > 0) {
                // That is the defect.
              }
              return 0;
            }));
    defect(
            "13.8 also .12, .14, .18, .19, .20, .21, .22, .24, .30, .41, .42",
            "cancels again what takes a request back")
        .currentTasks(it -> it.uncancel.after(_ -> it.loop().callSoon(it.correct()::cancel)));
    defect(
            "13.9 also .8, .18, .19, .20, .21, .22, .24, .30, .41, .42",
            "cancels a task at its end that was once cancelled")
        .tasks(it ->
            it.body.after(
                it.cancel.called(),
                _ -> {
                  throw new CancelledError("although it was refused");
                }));
    defect("13.10 also .24", "leaves a cancelled task behind")
        .tasks(it ->
            it.await.around((_, _) -> {
              Promise<Object> copy = it.loop().createFuture();
              it.addDoneCallback(done -> MutantLoop.copy(done, copy));
              try {
                return copy.await();
              } catch (CancelledError cancelled) {
                it.cancel(cancelled.getMessage());
                throw cancelled;
              }
            }));
    defect("13.11", "begins bodies that are cancelled")
        .tasks(CancellationMutants::startCancelledBody);
    defect("13.12 also .14, .15, .17, .20", "does not call back for tasks that fail")
        .tasks(it ->
            MutantFuture.callbacks(it.addDoneCallback)
                .onlyIf(done -> done.isCancelled() || done.exception().isEmpty()));
    defect("13.13 also .11, .14, .20, .24, .31", "ignores cancellations by another task")
        .tasks(it ->
            it.cancel.aroundIf(
                _ -> it.loop().currentTask().filter(current -> current != it).isPresent(),
                (_, _) -> true));
    defect("13.14 also .22, .40", "ignores cancellations by the task itself")
        .tasks(it -> it.cancel.aroundIf(_ -> it.isCurrent(), (_, _) -> true));
    defect("13.15 also .17", "calls back late for every second task", Turn.everyOther())
        .tasks(it -> {
          boolean isLate = it.mutant().turn().comes();
          MutantFuture.callbacks(it.addDoneCallback)
              .lateIf(_ -> isLate, it.mutant())
              .lateIf(_ -> isLate, it.mutant());
        });
    defect(
            "13.16 also .6, .10, .11, .13, .14, .20, .24, .40",
            "takes a cancelled task for a failed one")
        .tasks(it -> {
          it.exception.aroundIf(
              _ -> it.isCorrectlyCancelled(), (_, _) -> new IllegalStateException("cancelled"));
          it.isCancelled.always(false);
        });
    defect("13.17", "does not know its awaiters").tasks(it -> it.awaitedBy.always(List.of()));
    defect("13.18 also .20, .21, .22, .42", "hides that it has interrupted a block", Turn.never())
        .or("hides all interrupts but the first", Turn.nth(1))
        .currentTasks(LimitMutants::tellOfInterrupts);
    defect(
            "13.18 also .19, .20, .21, .22, .24, .41, .42",
            "loses the limits of a block that holds it")
        .onHandoff()
        .loop(BlockingMutants::loseTheAlarm);
    defect("13.19 also .24", "interrupts a block that could go on")
        .or("interrupts the second block that could go on", Turn.from(2))
        .tasks(BlockingMutants::interruptIfItCouldGoOn);
    defect("13.20 also .18, .21, .22, .42", "hides that it has interrupted a group", Turn.never())
        .or("hides that it has interrupted the second group", Turn.nth(1))
        .or(
            "13.21 also .18, .20, .22, .42",
            "hides an interrupt from all limits but the innermost",
            Turn.everyOther())
        .currentTasks(LimitMutants::tellOfInterrupts);
    defect("13.21 also .6, .7, .22, .40, .42", "takes the requests of both limits back")
        .currentTasks(it ->
            it.uncancel.around((correct, _) -> {
              int left = correct.call();
              return left == 1 ? correct.call() : left;
            }));
    defect("13.22", "raises what was taken back", Turn.never())
        .or("raises what a later limit has taken back", Turn.upTo(3))
        .currentTasks(it -> it.dropUnseenCancellation.onlyIf(it.loop().turn()));
    defect("13.23 also .3, .4, .32", "keeps limits that are over", Turn.never())
        .or("13.23", "keeps a later limit that is over", Turn.upTo(2))
        .currentTasks(it ->
            it.scheduleExpiry.returns(limit ->
                it.loop().turn().comes()
                    ? limit
                    : Decorated.changed(Expiry.class, limit, "close", Seam::swallow)));
    defect("13.24", "loses a later cancellation", Turn.nth(12))
        .tasks(it -> it.cancel.aroundIf(it.mutant().turn(), (_, _) -> true));
    defect("13.24", "cancels twice", Turn.from(12))
        .tasks(it ->
            it.cancel.around((correct, message) ->
                correct.call(message) && (!it.mutant().turn().comes() || correct.call(message))));
    defect(
            "13.30 also .10, .24, .31",
            "delivers a request again if the awaited future is not done at once")
        .loop(loop -> {
          MadeFutures made = new MadeFutures();
          Task<?>[] cancelled = new Task<?>[1];
          Future<?>[] delivering = new Future<?>[1];
          loop.poll.before(
              _ -> cancelled[0] != null,
              _ -> made.cancel(it -> it != delivering[0] && it.awaitedBy().contains(cancelled[0])));
          loop.futures(made::add);
          loop.tasks(it ->
              it.cancel.after(_ ->
                  made.awaitedBy(it)
                      .ifPresent(awaited -> {
                        cancelled[0] = it;
                        delivering[0] = awaited;
                      })));
        });
    defect("13.30 also .24, .31", "wraps the error of the second future", Turn.nth(2))
        .futures(it ->
            it.setException.givenIf(
                thrown -> thrown instanceof CancelledError && it.mutant().turn().comes(),
                thrown -> new IllegalStateException("wrapped", thrown)));
    defect("13.31 also .24, .30", "does not call back once a future has failed with the error")
        .futures(it ->
            MutantFuture.callbacks(it.addDoneCallback)
                .unless(done ->
                    !done.isCancelled()
                        && done.exception().orElse(null) instanceof CancelledError));
    defect("13.32 also .31", "takes the error for a request")
        .futures(it -> {
          it.setException.before(
              CancelledError.class::isInstance,
              thrown ->
                  it.awaitedBy().stream()
                      .filter(awaiter -> awaiter instanceof Task<?> task && task.cancelling() == 0)
                      .forEach(awaiter -> awaiter.cancel(thrown.getMessage())));
          it.setException.unless(_ -> it.isDone());
        });
    defect("13.40", "hides that a cancellation is on its way", Turn.never())
        .or("hides from a group that a cancellation is on its way", Turn.nth(1))
        .currentTasks(it -> it.hasUnseenCancellation.onlyIf(it.loop().turn()));
    defect("13.41", "shows an interrupt that its body has outlived")
        .or("shows the second interrupt that its body has outlived", Turn.from(2))
        .loop(loop -> {
          Flag interrupted = new Flag();
          loop.tasks(it -> it.cancel.before(_ -> interrupted.clear()));
          loop.coroutines(it -> it.interrupt.before(_ -> interrupted.put(loop.turn().comes())));
          loop.currentTasks(
              it -> it.hasUnseenInterrupt.returns(unseen -> interrupted.isSet() || unseen));
        });
    defect("13.42", "does not interrupt again before the first was seen", Turn.never())
        .or("does not interrupt a second block again", Turn.nth(1))
        .loop(loop -> {
          Flag again = new Flag();
          loop.tasks(it -> it.cancel.before(_ -> again.put(it.hasUnseenInterrupt())));
          BlockingMutants.interruptOnlyIf(loop, again);
        });
  }

  private static void tellOfInterrupts(CurrentTaskSeams it) {
    it.hasUnseenInterrupt.onlyIf(it.loop().turn());
  }
}
