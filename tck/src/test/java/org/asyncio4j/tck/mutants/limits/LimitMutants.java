package org.asyncio4j.tck.mutants.limits;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.tasks.*;

/** Chapter 13: time limits and task groups. */
public final class LimitMutants extends Defects {

  public LimitMutants() {
    defect(
            "13.1 also .4, .5, .6, .7, .8, .10, .12, .14, .18, .19, .20, .21, .22, .24, .30, .40,"
                + " .41, .42",
            "takes no request back")
        .loop(
            loop -> loop.currentTasks(it -> it.uncancel.around((_, _) -> it.task().cancelling())));
    defect("13.2", "ends blocks a nanosecond early")
        .loop(loop -> loop.callAt.given(timer -> timer.at(timer.when() - 1)));
    defect("13.3 also .4, .23, .32", "runs timers that were cancelled")
        .loop(loop ->
            loop.callAt.around((correct, timer) -> {
              TimerHandle hidden = correct.call(timer);
              return correct.call(timer.at(hidden.when()).calling(() -> {}));
            }));
    defect(
            "13.4 also .18, .19, .21, .22, .24, .30, .41, .42",
            "loses the timer after one that is cancelled")
        .loop(loop -> {
          Flag cancelled = new Flag();
          loop.timers((_, it) -> it.cancel.before(cancelled::set));
          loop.callAt.given(timer -> cancelled.take() ? timer.calling(() -> {}) : timer);
        });
    defect("13.5", "runs callbacks a tick late")
        .loop(loop ->
            loop.callSoon.around((correct, callback) -> correct.call(correct.later(callback))));
    defect("13.6 also .7, .21, .22, .40", "counts one request of a tick")
        .loop(CancellationMutants::countOneATick);
    defect("13.7 also .6, .21, .22, .40, .42", "takes all requests back")
        .loop(loop ->
            loop.currentTasks(it ->
                it.uncancel.around((correct, _) -> {
                  while (correct.call() > 0) {
                    // That is the defect.
                  }
                  return 0;
                })));
    defect(
            "13.8 also .12, .14, .18, .19, .20, .21, .22, .24, .30, .41, .42",
            "cancels again what takes a request back")
        .loop(loop ->
            loop.currentTasks(it -> it.uncancel.after(() -> loop.callSoon(it.task()::cancel))));

    defect(
            "13.9 also .8, .18, .19, .20, .21, .22, .24, .30, .41, .42",
            "cancels a task at its end that was once cancelled")
        .loop(loop ->
            loop.createTask.around((_, wanted) -> {
              Flag asked = new Flag();
              MutantTask<Object> task =
                  loop.newTask(
                      wanted.running(() -> {
                        Object value = wanted.body().call();
                        if (asked.isSet()) {
                          throw new CancelledError("although it was refused");
                        }
                        return value;
                      }));
              task.cancel.before(asked::set);
              return task;
            }));

    defect("13.10 also .24", "leaves a cancelled task behind")
        .loop(loop ->
            loop.tasks(it ->
                it.await.around((_, _) -> {
                  Promise<Object> copy = loop.createFuture();
                  it.addDoneCallback(done -> MutantLoop.copy(done, copy));
                  try {
                    return copy.await();
                  } catch (CancelledError cancelled) {
                    it.cancel(cancelled.getMessage());
                    throw cancelled;
                  }
                })));

    defect("13.11", "begins bodies that are cancelled")
        .loop(CancellationMutants::startCancelledBodies);
    defect("13.12 also .14, .15, .17, .20", "does not call back for tasks that fail")
        .tasks(it ->
            callBack(
                it,
                (done, callback) -> {
                  if (done.isCancelled() || done.exception().isEmpty()) {
                    callback.run();
                  }
                }));
    defect("13.13 also .11, .14, .20, .24, .31", "ignores cancellations by another task")
        .tasks(it ->
            it.cancel.around((correct, message) ->
                it.loop().currentTask().filter(current -> current != it).isPresent()
                    || correct.call(message)));
    defect("13.14 also .22, .40", "ignores cancellations by the task itself")
        .tasks(
            it -> it.cancel.around((correct, message) -> it.isCurrent() || correct.call(message)));
    defect("13.15 also .17", "calls back late for every second task")
        .loop(loop ->
            loop.tasks(it -> {
              boolean isLate = loop.shared(Turn.everyOther()).comes();
              callBack(
                  it,
                  (_, callback) -> {
                    Runnable told = isLate ? loop.aTickLate(loop.aTickLate(callback)) : callback;
                    told.run();
                  });
            }));
    defect(
            "13.16 also .6, .10, .11, .13, .14, .20, .24, .40",
            "takes a cancelled task for a failed one")
        .tasks(it -> {
          it.exception.around((correct, _) ->
              it.isCorrectlyCancelled() ? new IllegalStateException("cancelled") : correct.call());
          it.isCancelled.always(false);
        });
    defect("13.17", "does not know its awaiters").tasks(it -> it.awaitedBy.always(List.of()));
    defect("13.18 also .20, .21, .22, .42", "hides that it has interrupted a block")
        .loop(loop -> tellOfInterrupts(loop, Turn.never()));
    defect("13.18 also .20, .21, .22, .42", "hides all interrupts but the first")
        .loop(loop -> tellOfInterrupts(loop, Turn.nth(1)));
    defect(
            "13.18 also .19, .20, .21, .22, .24, .41, .42",
            "loses the limits of a block that holds it")
        .onHandoff()
        .loop(BlockingMutants::loseTheAlarm);
    defect("13.19 also .24", "interrupts a block that could go on")
        .loop(loop -> BlockingMutants.interruptWhatCouldGoOn(loop, Turn.always()));
    defect("13.19 also .24", "interrupts the second block that could go on")
        .loop(loop -> BlockingMutants.interruptWhatCouldGoOn(loop, Turn.from(2)));
    defect("13.20 also .18, .21, .22, .42", "hides that it has interrupted a group")
        .loop(loop -> tellOfInterrupts(loop, Turn.never()));
    defect("13.20 also .18, .21, .22, .42", "hides that it has interrupted the second group")
        .loop(loop -> tellOfInterrupts(loop, Turn.nth(1)));
    defect("13.21 also .18, .20, .22, .42", "hides an interrupt from all limits but the innermost")
        .loop(loop -> tellOfInterrupts(loop, Turn.everyOther()));
    defect("13.21 also .6, .7, .22, .40, .42", "takes the requests of both limits back")
        .loop(loop ->
            loop.currentTasks(it ->
                it.uncancel.around((correct, _) -> {
                  int left = correct.call();
                  return left == 1 ? correct.call() : left;
                })));
    defect("13.22", "raises what was taken back")
        .loop(loop -> loop.currentTasks(it -> it.dropUnseenCancellation.swallow()));
    defect("13.22", "raises what a later limit has taken back")
        .loop(loop ->
            loop.currentTasks(it -> it.dropUnseenCancellation.onlyIf(loop.shared(Turn.upTo(3)))));
    defect("13.23 also .3, .4, .32", "keeps limits that are over")
        .loop(loop -> closeLimits(loop, Turn.never()));
    defect("13.23", "keeps a later limit that is over")
        .loop(loop -> closeLimits(loop, Turn.upTo(2)));
    defect("13.24", "loses a later cancellation")
        .loop(loop ->
            loop.tasks(it ->
                it.cancel.around((correct, message) ->
                    loop.shared(Turn.nth(12)).comes() || correct.call(message))));
    defect("13.24", "cancels twice")
        .loop(loop ->
            loop.tasks(it ->
                it.cancel.around((correct, message) ->
                    correct.call(message)
                        && (!loop.shared(Turn.from(12)).comes() || correct.call(message)))));

    defect(
            "13.30 also .10, .24, .31",
            "delivers a request again if the awaited future is not done at once")
        .loop(loop -> {
          MadeFutures made = new MadeFutures();
          Task<?>[] cancelled = new Task<?>[1];
          Future<?>[] delivering = new Future<?>[1];
          loop.poll.before(
              () -> cancelled[0] != null,
              () ->
                  made.cancel(it -> it != delivering[0] && it.awaitedBy().contains(cancelled[0])));
          loop.futures(made::add);
          loop.tasks(it ->
              it.cancel.after(() ->
                  made.awaitedBy(it)
                      .ifPresent(awaited -> {
                        cancelled[0] = it;
                        delivering[0] = awaited;
                      })));
        });

    defect("13.30 also .24, .31", "wraps the error of the second future")
        .loop(loop -> {
          Turn wrapped = Turn.nth(2);
          loop.futures(it ->
              it.setException.given(thrown ->
                  thrown instanceof CancelledError && wrapped.comes()
                      ? new IllegalStateException("wrapped", thrown)
                      : thrown));
        });
    defect("13.31 also .24, .30", "does not call back once a future has failed with the error")
        .futures(it ->
            it.addDoneCallback.given(added ->
                added.calling(done -> {
                  if (done.isCancelled()
                      || !(done.exception().orElse(null) instanceof CancelledError)) {
                    added.callback().accept(done);
                  }
                })));
    defect("13.32 also .31", "takes the error for a request")
        .futures(it -> {
          it.setException.before(
              thrown -> thrown instanceof CancelledError,
              thrown ->
                  it.awaitedBy().stream()
                      .filter(awaiter -> awaiter instanceof Task<?> task && task.cancelling() == 0)
                      .forEach(awaiter -> awaiter.cancel(thrown.getMessage())));
          it.setException.unless(it::isDone);
        });
    defect("13.40", "hides that a cancellation is on its way")
        .loop(loop -> loop.currentTasks(it -> it.hasUnseenCancellation.always(false)));
    defect("13.40", "hides from a group that a cancellation is on its way")
        .loop(loop ->
            loop.currentTasks(it -> it.hasUnseenCancellation.onlyIf(loop.shared(Turn.nth(1)))));
    defect("13.41", "shows an interrupt that its body has outlived")
        .loop(loop -> tellOfOutlivedInterrupts(loop, Turn.always()));
    defect("13.41", "shows the second interrupt that its body has outlived")
        .loop(loop -> tellOfOutlivedInterrupts(loop, Turn.from(2)));
    defect("13.42", "does not interrupt again before the first was seen")
        .loop(loop -> interruptAgain(loop, Turn.never()));
    defect("13.42", "does not interrupt a second block again")
        .loop(loop -> interruptAgain(loop, Turn.nth(1)));
  }

  private static void callBack(MutantTask<Object> it, BiConsumer<Future<?>, Runnable> ending) {
    it.addDoneCallback.given(
        added -> added.calling(done -> ending.accept(done, () -> added.callback().accept(done))));
  }

  private static void tellOfInterrupts(MutantLoop loop, Turn told) {
    loop.currentTasks(it -> it.hasUnseenInterrupt.onlyIf(told));
  }

  private static void closeLimits(MutantLoop loop, Turn closed) {
    loop.currentTasks(
        it -> it.scheduleExpiry.returns(limit -> closed.comes() ? limit : new NeverClosed(limit)));
  }

  private static void tellOfOutlivedInterrupts(MutantLoop loop, Turn told) {
    Flag interrupted = new Flag();
    loop.tasks(it -> it.cancel.before(interrupted::clear));
    loop.coroutines(it -> it.interrupt.before(() -> interrupted.put(told.comes())));
    loop.currentTasks(it -> it.hasUnseenInterrupt.returns(unseen -> interrupted.isSet() || unseen));
  }

  private static void interruptAgain(MutantLoop loop, Turn interrupted) {
    Flag again = new Flag();
    loop.tasks(it -> it.cancel.before(() -> again.put(it.hasUnseenInterrupt())));
    loop.coroutines(it -> BlockingMutants.interruptOnlyIf(it, again, interrupted));
  }

  /** A limit that remains after its block. */
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
