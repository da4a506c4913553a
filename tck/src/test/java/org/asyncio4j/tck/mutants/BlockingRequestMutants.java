package org.asyncio4j.tck.mutants;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.coroutine.Coroutine;

/** Chapter 6: several requests for the cancellation of bodies that block. */
final class BlockingRequestMutants {

  private BlockingRequestMutants() {}

  @Mutant(
      rule = "6.33",
      also = {"6.21", "6.27", "6.29", "6.31", "6.32", "6.60", "6.61", "6.62"})
  static EventLoop interruptsOnce(LoopContext context) {
    return BlockingMutants.altered(
        context,
        "interrupt",
        (number, _, correct) -> {
          if (number == 1) {
            correct.run();
          }
        });
  }

  @Mutant(rule = "6.33", also = "6.21")
  static EventLoop interruptsAgain(LoopContext context) {
    return BlockingMutants.altered(
        context,
        "interrupt",
        (number, loop, correct) -> {
          correct.run();
          loop.callLater(Duration.ofMillis(2), correct);
        });
  }

  @Mutant(rule = "6.33")
  static EventLoop interruptsAgainWhoLooksAtItsRequests(LoopContext context) {
    return TaskMutant.altering(
        context,
        "cancelling",
        (_, correct, _) -> {
          int requests = correct.cancelling();
          if (requests > 0) {
            Thread.currentThread().interrupt();
          }
          return requests;
        });
  }

  @Mutant(rule = "6.61", also = "6.21")
  static EventLoop doesNotInterruptForTheRequestThatIsLeft(LoopContext context) {
    return interruptingForWhatIsLeft(context, _ -> false);
  }

  @Mutant(rule = "6.61", also = "6.21")
  static EventLoop interruptsTheFirstBodyOnlyForTheRequestThatIsLeft(LoopContext context) {
    return interruptingForWhatIsLeft(context, number -> number == 1);
  }

  private static EventLoop interruptingForWhatIsLeft(LoopContext context, IntPredicate isMade) {
    return new TaskMutant(context) {
      private final AtomicInteger count = new AtomicInteger();
      private boolean takenBack;

      @Override
      boolean cancel(BuiltinTask<?> task, String message, Correct correct) {
        takenBack = false;
        return correct.cancel(message);
      }

      @Override
      Map<String, Altered.Alteration> ofCurrentTask(Task<?> correct) {
        return Map.of(
            "uncancel",
            _ -> {
              takenBack = true;
              return correct.uncancel();
            });
      }

      @Override
      Map<String, Altered.Alteration> ofCoroutine(Coroutine<?> correct) {
        return Map.of(
            "interrupt",
            _ -> {
              if (!takenBack || isMade.test(count.incrementAndGet())) {
                correct.interrupt();
              }
              return null;
            });
      }
    };
  }

  @Mutant(rule = "6.62")
  static EventLoop showsTheMessageForWhichABodyWasInterrupted(LoopContext context) {
    return keepingTheMessage(context, _ -> true);
  }

  @Mutant(rule = "6.62")
  static EventLoop showsTheMessageForWhichTheSecondBodyWasInterrupted(LoopContext context) {
    return keepingTheMessage(context, number -> number > 1);
  }

  private static EventLoop keepingTheMessage(LoopContext context, IntPredicate isKept) {
    List<Task<?>> interrupted = new ArrayList<>();
    Map<Task<?>, String> last = new HashMap<>();
    return TaskMutant.cancelling(
        context,
        (task, message, correct) -> {
          if (task.hasUnseenInterrupt() && !interrupted.contains(task)) {
            interrupted.add(task);
          }
          boolean kept = isKept.test(interrupted.indexOf(task) + 1);
          String shown = task.hasUnseenInterrupt() && kept ? last.get(task) : message;
          last.put(task, shown);
          return correct.cancel(shown);
        });
  }
}
