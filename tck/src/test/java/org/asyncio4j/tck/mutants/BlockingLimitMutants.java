package org.asyncio4j.tck.mutants;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Expiry;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.LoopContext;

/** Chapter 13: limits and groups of blocks that block. */
final class BlockingLimitMutants {

  private BlockingLimitMutants() {}

  /** What a method of the current task does instead. */
  private interface Alteration {
    Object call(int number, Task<?> correct, Object[] args);
  }

  private static EventLoop altered(LoopContext context, String method, Alteration instead) {
    Map<Task<?>, Task<?>> altered = new ConcurrentHashMap<>();
    AtomicInteger count = new AtomicInteger();
    return new CorrectLoop(context) {
      @Override
      public Optional<Task<?>> currentTask() {
        return correctCurrentTask()
            .map(task -> altered.computeIfAbsent(task, correct -> alter(correct)));
      }

      private Task<?> alter(Task<?> correct) {
        return Altered.of(
            Task.class,
            correct,
            method,
            args -> instead.call(count.incrementAndGet(), correct, args));
      }
    };
  }

  private static EventLoop answering(LoopContext context, IntPredicate isTold) {
    return altered(
        context,
        "hasUnseenInterrupt",
        (number, correct, _) -> isTold.test(number) && correct.hasUnseenInterrupt());
  }

  private static EventLoop takingBack(LoopContext context, IntPredicate isTakenBack) {
    return altered(
        context,
        "scheduleExpiry",
        (number, correct, args) -> {
          Expiry correctly = correct.scheduleExpiry((long) args[0], (Runnable) args[1]);
          return isTakenBack.test(number) ? correctly : new NeverClosed(correctly);
        });
  }

  private static EventLoop dropping(LoopContext context, IntPredicate isDropped) {
    return altered(
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
      also = {"13.20", "13.21", "13.22"})
  static EventLoop doesNotTellThatItHasInterrupted(LoopContext context) {
    return answering(context, _ -> false);
  }

  @Mutant(
      rule = "13.18",
      also = {"13.20", "13.21", "13.22"})
  static EventLoop tellsOfItsFirstInterruptOnly(LoopContext context) {
    return answering(context, number -> number == 1);
  }

  @Mutant(
      rule = "13.18",
      also = {"13.19", "13.20", "13.21", "13.22"})
  static EventLoop losesTheLimitsOfABlockThatHoldsIt(LoopContext context) {
    return BlockingMutants.withoutAlarm(context);
  }

  @Mutant(rule = "13.19")
  static EventLoop interruptsABlockThatCouldGoOn(LoopContext context) {
    return BlockingMutants.interrupting(context, _ -> true);
  }

  @Mutant(rule = "13.19")
  static EventLoop interruptsTheSecondBlockThatCouldGoOn(LoopContext context) {
    return BlockingMutants.interrupting(context, number -> number > 1);
  }

  @Mutant(
      rule = "13.20",
      also = {"13.18", "13.21", "13.22"})
  static EventLoop doesNotTellAGroupThatItHasInterrupted(LoopContext context) {
    return answering(context, _ -> false);
  }

  @Mutant(
      rule = "13.20",
      also = {"13.18", "13.21", "13.22"})
  static EventLoop doesNotTellTheSecondGroupThatItHasInterrupted(LoopContext context) {
    return answering(context, number -> number == 1);
  }

  @Mutant(
      rule = "13.21",
      also = {"13.18", "13.20", "13.22"})
  static EventLoop tellsTheInnermostLimitOnly(LoopContext context) {
    return answering(context, number -> number % 2 == 1);
  }

  @Mutant(
      rule = "13.21",
      also = {"13.6", "13.7", "13.22"})
  static EventLoop takesTheRequestsOfBothLimitsBack(LoopContext context) {
    return altered(
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
      also = {"13.3", "13.4"})
  static EventLoop keepsLimitsThatAreOver(LoopContext context) {
    return takingBack(context, _ -> false);
  }

  @Mutant(rule = "13.23")
  static EventLoop keepsALaterLimitThatIsOver(LoopContext context) {
    return takingBack(context, number -> number < 3);
  }

  @Mutant(rule = "13.24")
  static EventLoop losesALaterCancellation(LoopContext context) {
    return altered(
        context, "cancel", (number, correct, args) -> number == 6 || cancel(correct, args));
  }

  @Mutant(rule = "13.24")
  static EventLoop cancelsTwice(LoopContext context) {
    return altered(
        context,
        "cancel",
        (number, correct, args) -> cancel(correct, args) && (number < 6 || cancel(correct, args)));
  }

  private static boolean cancel(Task<?> task, Object[] args) {
    return args.length == 0 ? task.cancel() : task.cancel((String) args[0]);
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
