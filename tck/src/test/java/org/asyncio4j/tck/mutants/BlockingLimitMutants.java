package org.asyncio4j.tck.mutants;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Expiry;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.BuiltinTask;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.coroutine.Coroutine;

/** Chapter 13: limits and groups of blocks that block. */
final class BlockingLimitMutants {

  private BlockingLimitMutants() {}

  private static EventLoop answering(LoopContext context, IntPredicate isTold) {
    return TaskMutant.altering(
        context,
        "hasUnseenInterrupt",
        (number, correct, _) -> isTold.test(number) && correct.hasUnseenInterrupt());
  }

  private static EventLoop takingBack(LoopContext context, IntPredicate isTakenBack) {
    return TaskMutant.altering(
        context,
        "scheduleExpiry",
        (number, correct, args) -> {
          Expiry correctly = correct.scheduleExpiry((long) args[0], (Runnable) args[1]);
          return isTakenBack.test(number) ? correctly : new NeverClosed(correctly);
        });
  }

  private static EventLoop dropping(LoopContext context, IntPredicate isDropped) {
    return TaskMutant.altering(
        context,
        "dropUnseenCancellation",
        (number, correct, _) -> {
          if (isDropped.test(number)) {
            correct.dropUnseenCancellation();
          }
          return null;
        });
  }

  @Mutant(
      rule = "13.18",
      also = {"13.20", "13.21", "13.22", "13.42"})
  static EventLoop doesNotTellThatItHasInterrupted(LoopContext context) {
    return answering(context, _ -> false);
  }

  @Mutant(
      rule = "13.18",
      also = {"13.20", "13.21", "13.22", "13.42"})
  static EventLoop tellsOfItsFirstInterruptOnly(LoopContext context) {
    return answering(context, number -> number == 1);
  }

  @Mutant(
      rule = "13.18",
      also = {"13.19", "13.20", "13.21", "13.22", "13.24", "13.41", "13.42"})
  static EventLoop losesTheLimitsOfABlockThatHoldsIt(LoopContext context) {
    return BlockingMutants.withoutAlarm(context);
  }

  @Mutant(rule = "13.19", also = "13.24")
  static EventLoop interruptsABlockThatCouldGoOn(LoopContext context) {
    return BlockingMutants.interrupting(context, _ -> true);
  }

  @Mutant(rule = "13.19", also = "13.24")
  static EventLoop interruptsTheSecondBlockThatCouldGoOn(LoopContext context) {
    return BlockingMutants.interrupting(context, number -> number > 1);
  }

  @Mutant(
      rule = "13.20",
      also = {"13.18", "13.21", "13.22", "13.42"})
  static EventLoop doesNotTellAGroupThatItHasInterrupted(LoopContext context) {
    return answering(context, _ -> false);
  }

  @Mutant(
      rule = "13.20",
      also = {"13.18", "13.21", "13.22", "13.42"})
  static EventLoop doesNotTellTheSecondGroupThatItHasInterrupted(LoopContext context) {
    return answering(context, number -> number == 1);
  }

  @Mutant(
      rule = "13.21",
      also = {"13.18", "13.20", "13.22", "13.42"})
  static EventLoop tellsTheInnermostLimitOnly(LoopContext context) {
    return answering(context, number -> number % 2 == 1);
  }

  @Mutant(
      rule = "13.21",
      also = {"13.6", "13.7", "13.22", "13.40", "13.42"})
  static EventLoop takesTheRequestsOfBothLimitsBack(LoopContext context) {
    return TaskMutant.altering(
        context,
        "uncancel",
        (_, correct, _) -> {
          int left = correct.uncancel();
          return left == 1 ? correct.uncancel() : left;
        });
  }

  @Mutant(rule = "13.22")
  static EventLoop raisesWhatWasTakenBack(LoopContext context) {
    return dropping(context, _ -> false);
  }

  @Mutant(rule = "13.22")
  static EventLoop raisesWhatALaterLimitHasTakenBack(LoopContext context) {
    return dropping(context, number -> number < 4);
  }

  @Mutant(
      rule = "13.23",
      also = {"13.3", "13.4", "13.32"})
  static EventLoop keepsLimitsThatAreOver(LoopContext context) {
    return takingBack(context, _ -> false);
  }

  @Mutant(rule = "13.23")
  static EventLoop keepsALaterLimitThatIsOver(LoopContext context) {
    return takingBack(context, number -> number < 3);
  }

  @Mutant(rule = "13.24")
  static EventLoop losesALaterCancellation(LoopContext context) {
    AtomicInteger count = new AtomicInteger();
    return TaskMutant.cancelling(
        context, (_, message, correct) -> count.incrementAndGet() == 12 || correct.cancel(message));
  }

  @Mutant(rule = "13.24")
  static EventLoop cancelsTwice(LoopContext context) {
    AtomicInteger count = new AtomicInteger();
    return TaskMutant.cancelling(
        context,
        (_, message, correct) ->
            correct.cancel(message) && (count.incrementAndGet() < 12 || correct.cancel(message)));
  }

  @Mutant(rule = "13.41")
  static EventLoop tellsOfAnInterruptThatItsBodyHasOutlived(LoopContext context) {
    return outlived(context, _ -> true);
  }

  @Mutant(rule = "13.41")
  static EventLoop tellsOfTheSecondInterruptThatItsBodyHasOutlived(LoopContext context) {
    return outlived(context, number -> number > 1);
  }

  private static EventLoop outlived(LoopContext context, IntPredicate isTold) {
    return new TaskMutant(context) {
      private final AtomicInteger count = new AtomicInteger();
      private boolean interrupted;

      @Override
      boolean cancel(BuiltinTask<?> task, String message, Correct correct) {
        interrupted = false;
        return correct.cancel(message);
      }

      @Override
      Map<String, Altered.Alteration> ofCoroutine(Coroutine<?> correct) {
        return Map.of(
            "interrupt",
            _ -> {
              interrupted = isTold.test(count.incrementAndGet());
              correct.interrupt();
              return null;
            });
      }

      @Override
      Map<String, Altered.Alteration> ofCurrentTask(Task<?> correct) {
        return Map.of("hasUnseenInterrupt", _ -> interrupted || correct.hasUnseenInterrupt());
      }
    };
  }

  @Mutant(rule = "13.42")
  static EventLoop doesNotInterruptAgainBeforeTheFirstWasSeen(LoopContext context) {
    return interruptingAgain(context, _ -> false);
  }

  @Mutant(rule = "13.42")
  static EventLoop doesNotInterruptASecondBlockAgain(LoopContext context) {
    return interruptingAgain(context, number -> number == 1);
  }

  private static EventLoop interruptingAgain(LoopContext context, IntPredicate isMade) {
    return new TaskMutant(context) {
      private final AtomicInteger count = new AtomicInteger();
      private boolean again;

      @Override
      boolean cancel(BuiltinTask<?> task, String message, Correct correct) {
        again = task.hasUnseenInterrupt();
        return correct.cancel(message);
      }

      @Override
      Map<String, Altered.Alteration> ofCoroutine(Coroutine<?> correct) {
        return Map.of(
            "interrupt",
            _ -> {
              if (!again || isMade.test(count.incrementAndGet())) {
                correct.interrupt();
              }
              return null;
            });
      }
    };
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
