package org.asyncio4j.tck.mutants.tasks;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.spi.coroutine.Suspension;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 6: steps of tasks and their cancellation. */
public final class CancellationMutants extends Defects {

  public CancellationMutants() {
    defect("6.1 also .3, .5, .11", "begins tasks before callbacks")
        .loop(loop ->
            loop.callSoon.around((correct, callback) -> correct.call(correct.later(callback))));
    defect("6.2", "has an exception though the body returned")
        .tasks(it ->
            it.exception.returns(
                failure -> failure == null ? new IllegalStateException("done") : failure));
    defect("6.3 also .21, .26, .31, .51, .60", "goes on after a yield")
        .coroutines(it ->
            it.send.around((correct, _) -> {
              Suspension suspension = correct.call();
              while (suspension == Suspension.YIELDED) {
                suspension = correct.call();
              }
              return suspension;
            }));
    defect("6.4", "returns null to a task that awaits itself")
        .tasks(it -> it.await.unless(_ -> it.isCurrent()));
    defect("6.5 also .51", "starts bodies that are cancelled")
        .tasks(CancellationMutants::startCancelledBody);
    defect(
            "6.6 also .8, .11, .12, .14, .18, .26, .27, .28, .30, .31, .32, .33, .50, .51, .60,"
                + " .61, .62",
            "is done as soon as it is cancelled")
        .tasks(it -> {
          Flag cancelled = new Flag();
          it.cancel.withResult(
              accepted -> cancelled.put(cancelled.isSet() || accepted && !it.isCurrent()));
          pretendToBeDone(it, cancelled);
        });
    defect("6.7 also .11", "cancels the awaited future a tick late")
        .loop(CancellationMutants::cancelTheAwaitedFutureLate);
    defect("6.8", "cancels the outer task whatever the inner one does")
        .tasks(it ->
            it.await.after(
                _ -> it.mutant().isCancelling(),
                _ -> {
                  throw new CancelledError("although the inner task refused");
                }));
    defect("6.9 also .13, .29, .51", "raises in a task that cancels itself")
        .tasks(it ->
            it.cancel.withResult((accepted, message) -> {
              if (accepted && it.isCurrent()) {
                throw new CancelledError(message);
              }
            }));
    defect("6.10 also .33", "loses a cancellation in the last step")
        .tasks(it -> it.body.after(_ -> takeAllBack(it)));
    defect("6.11 also .12, .33, .51, .61, .62", "can be cancelled once")
        .tasks(CancellationMutants::cancelOnce);
    defect("6.12 also .51, .61, .62", "counts one request a tick")
        .loop(CancellationMutants::countOneATick);
    defect("6.13", "cancels again what was taken back")
        .tasks(it ->
            it.cancel.around((correct, message) -> {
              if (it.isCurrent()) {
                it.loop().callSoon(correct.later(message));
              }
              return correct.call(message);
            }));
    defect("6.14 also .27, .32, .50, .51, .62", "loses the message")
        .tasks(it -> it.cancel.given(_ -> null));
    defect("6.15", "wraps errors")
        .tasks(it ->
            it.body.insteadOf(
                Error.class,
                thrown ->
                    thrown instanceof CancelledError ? thrown : new IllegalStateException(thrown)));
    defect("6.16 also .18", "fails on a cancellation that was not requested")
        .tasks(it ->
            it.body.insteadOf(
                CancelledError.class,
                thrown -> it.cancelling() == 0 ? new IllegalStateException(thrown) : thrown));
    defect("6.17", "claims to cancel what is done")
        .tasks(it -> it.cancel.returns(accepted -> accepted || it.isDone()));
    defect("6.18 also .8, .14", "returns null when the awaited task is cancelled")
        .tasks(it -> it.await.swallowing(CancelledError.class, _ -> it.isCancelled()));
    defect("6.19 also .51", "ignores a cancellation that comes with the result")
        .loop(CancellationMutants::ignoreWhatComesWithTheResult);
    defect("6.20", "gives every task a name of its own")
        .loop(loop ->
            loop.options(given -> {
              TaskOptions defaults = TaskOptions.defaults();
              return given
                  .context()
                  .map(defaults::withContext)
                  .orElse(defaults.withInterruptOnCancel(given.interruptOnCancel()));
            }));
    defect("6.21", "copies the context that was given")
        .loop(loop ->
            loop.options(
                given -> given.context().map(Context::copy).map(given::withContext).orElse(given)));
    defect("6.22", "does not know where its body is")
        .loop(loop -> loop.shownTasks(it -> it.stack.always(List.of())));
    defect("6.23", "swallows what done callbacks throw")
        .tasks(it -> MutantFuture.callbacks(it.addDoneCallback).swallowing(RuntimeException.class));
    defect("6.24", "takes every failure for retrieved")
        .loop(loop ->
            loop.createTask.withResult(task ->
                task.addDoneCallback(done -> {
                  Optional<Throwable> ignored =
                      done.isCancelled() ? Optional.empty() : done.exception();
                })));
    defect("6.50", "shows the last message of a future")
        .loop(loop -> remember(loop, (given, _) -> given.getLast()));
    defect("6.50", "shows the last message of the second future")
        .loop(loop ->
            remember(loop, (given, number) -> number == 2 ? given.getLast() : given.getFirst()));
    defect("6.51 also .62", "shows the first message of a task")
        .loop(loop -> replace(loop, List::getFirst));
    defect("6.51 also .62", "shows the second message of three")
        .loop(loop -> replace(loop, given -> given.get(Math.min(given.size(), 2) - 1)));
  }

  /** Cancels a task that has not started after its first step. */
  public static void startCancelledBody(MutantTask<Object> it) {
    cancelLateIf(it.body.called().negate(), it.cancel, it.mutant());
  }

  /** Cancels futures a tick late, if a task that awaits them is cancelled. */
  public static void cancelTheAwaitedFutureLate(MutantLoop loop) {
    Flag inside = new Flag();
    loop.tasks(it -> it.cancel.during(inside));
    loop.futures(it -> cancelLateIf(_ -> inside.isSet() && !it.isDone(), it.cancel, loop));
  }

  private static void cancelLateIf(
      Predicate<Object> isLate, Seam<String, Boolean> cancel, MutantLoop loop) {
    cancel.aroundIf(
        isLate,
        (correct, message) -> {
          loop.callSoon(correct.later(message));
          return true;
        });
  }

  /** Cancels nothing in a tick in which a future was completed. */
  public static void ignoreWhatComesWithTheResult(MutantLoop loop) {
    Flag completed = loop.ofThisTick();
    loop.futures(it -> it.setResult.after(_ -> completed.set()));
    loop.tasks(it -> it.cancel.unless(completed));
  }

  static void takeAllBack(Task<?> task) {
    while (task.cancelling() > 0) {
      int ignored = task.uncancel();
    }
  }

  /** Accepts no request after the first. */
  public static void cancelOnce(MutantTask<Object> it) {
    it.cancel.aroundIf(_ -> it.cancelling() > 0, (_, _) -> true);
  }

  /** Pretends to be done from a certain time on. */
  public static void pretendToBeDone(MutantTask<Object> it, Flag done) {
    it.isDone.returns(correctly -> done.isSet() || correctly);
    it.isCancelled.returns(correctly -> done.isSet() || correctly);
  }

  /** Drops all requests of a tick for a task but the first. */
  public static void countOneATick(MutantLoop loop) {
    Set<Task<?>> cancelled = new HashSet<>();
    Runnable renew = loop.oncePerTick(cancelled::clear);
    loop.tasks(it ->
        it.cancel.around((correct, message) -> {
          renew.run();
          boolean again = !cancelled.add(it) && it.cancelling() > 0;
          return again || correct.call(message);
        }));
  }

  private static void remember(MutantLoop loop, BiFunction<List<String>, Integer, String> choice) {
    AtomicInteger made = new AtomicInteger();
    loop.futures(it -> {
      int number = made.incrementAndGet();
      List<String> messages = it.cancel.arguments();
      it.result.refuse(
          _ -> it.isCancelled(), _ -> new CancelledError(choice.apply(messages, number)));
    });
  }

  private static void replace(MutantLoop loop, Function<List<String>, String> choice) {
    loop.tasks(it -> {
      List<String> given = it.cancel.arguments();
      it.cancel.givenIf(_ -> it.hasUnseenCancellation(), _ -> choice.apply(given));
    });
  }
}
