package org.asyncio4j.tck.mutants.tasks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 6: requests for cancellation, which are counted and taken back, and their messages. */
public final class CancelRequestMutants extends Defects {

  public CancelRequestMutants() {
    requests();
    messages();
  }

  private void requests() {
    defect("6.9", "raises in a task that cancels itself")
        .also("6.13", "6.29", "6.51")
        .tasks(it ->
            it.cancel.around((correct, message) -> {
              boolean accepted = correct.call(message);
              if (accepted && it.isCurrent()) {
                throw new CancelledError(message);
              }
              return accepted;
            }));

    defect("6.10", "loses a cancellation in the last step")
        .also("6.33")
        .loop(loop ->
            loop.bodies(body ->
                () -> {
                  Object value = body.call();
                  takeAllBack(loop.currentTask().orElseThrow());
                  return value;
                }));

    defect("6.11", "can be cancelled once")
        .also("6.12", "6.33", "6.51", "6.61", "6.62")
        .loop(CancelRequestMutants::cancelOnce);

    defect("6.12", "counts one request a tick")
        .also("6.51", "6.61", "6.62")
        .loop(CancelRequestMutants::countOneATick);

    defect("6.13", "cancels again what was taken back")
        .tasks(it ->
            it.cancel.around((correct, message) -> {
              if (it.isCurrent()) {
                it.loop().callSoon(correct.later(message));
              }
              return correct.call(message);
            }));
  }

  static void takeAllBack(Task<?> task) {
    while (task.cancelling() > 0) {
      int ignored = task.uncancel();
    }
  }

  /** Accepts no request after the first. */
  public static void cancelOnce(MutantLoop loop) {
    loop.tasks(
        it -> it.cancel.around((correct, message) -> it.cancelling() > 0 || correct.call(message)));
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

  /** Which message counts, of those that a future or task was given; the last is the newest. */
  private interface Choice {
    String of(List<String> given);
  }

  private void messages() {
    defect("6.50", "shows the last message of a future")
        .loop(loop -> remember(loop, (given, _) -> given.getLast()));

    defect("6.50", "shows the last message of the second future")
        .loop(loop ->
            remember(loop, (given, number) -> number == 2 ? given.getLast() : given.getFirst()));

    defect("6.51", "shows the first message of a task")
        .also("6.62")
        .loop(loop -> replace(loop, List::getFirst));

    defect("6.51", "shows the second message of three")
        .also("6.62")
        .loop(loop -> replace(loop, given -> given.get(Math.min(given.size(), 2) - 1)));
  }

  /** Which message of a future counts. */
  private interface NumberedChoice {
    String of(List<String> given, int number);
  }

  private static void remember(MutantLoop loop, NumberedChoice choice) {
    AtomicInteger made = new AtomicInteger();
    loop.futures(it -> {
      int number = made.incrementAndGet();
      List<String> messages = new ArrayList<>();
      it.cancel.before(messages::add);
      it.result.refuse(
          () -> it.isCancelled(), () -> new CancelledError(choice.of(messages, number)));
    });
  }

  private static void replace(MutantLoop loop, Choice choice) {
    loop.tasks(it -> {
      List<String> given = new ArrayList<>();
      it.cancel.around((correct, message) -> {
        given.add(message);
        return correct.call(it.hasUnseenCancellation() ? choice.of(given) : message);
      });
    });
  }
}
