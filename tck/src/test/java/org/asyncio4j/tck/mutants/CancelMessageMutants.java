package org.asyncio4j.tck.mutants;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.LoopContext;

/** Chapter 6: the messages of cancellations. */
final class CancelMessageMutants {

  private CancelMessageMutants() {}

  /** Which message counts, of those that a future or task was given; the last is the newest. */
  private interface Choice {
    String choose(List<String> given, int number);
  }

  private static EventLoop remembering(LoopContext context, Choice choice) {
    AtomicInteger made = new AtomicInteger();
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            int number = made.incrementAndGet();
            return new BuiltinFuture<T>(loop) {
              private final List<String> messages = new ArrayList<>();

              @Override
              public boolean cancel(String message) {
                messages.add(message);
                return super.cancel(message);
              }

              @Override
              public T result() {
                if (isCancelled()) {
                  throw new CancelledError(choice.choose(messages, number));
                }
                return super.result();
              }
            };
          }
        });
  }

  @Mutant(rule = "6.50")
  static EventLoop showsTheLastMessageOfAFuture(LoopContext context) {
    return remembering(context, (given, _) -> given.getLast());
  }

  @Mutant(rule = "6.50")
  static EventLoop showsTheLastMessageOfTheSecondFuture(LoopContext context) {
    return remembering(
        context, (given, number) -> number == 2 ? given.getLast() : given.getFirst());
  }

  private static EventLoop replacing(LoopContext context, Choice choice) {
    Map<Task<?>, List<String>> messages = new HashMap<>();
    return TaskMutant.cancelling(
        context,
        (task, message, correct) -> {
          List<String> given = messages.computeIfAbsent(task, _ -> new ArrayList<>());
          given.add(message);
          return correct.cancel(
              task.hasUnseenCancellation() ? choice.choose(given, given.size()) : message);
        });
  }

  @Mutant(rule = "6.51", also = "6.62")
  static EventLoop showsTheFirstMessageOfATask(LoopContext context) {
    return replacing(context, (given, _) -> given.getFirst());
  }

  @Mutant(rule = "6.51", also = "6.62")
  static EventLoop showsTheSecondMessageOfThree(LoopContext context) {
    return replacing(context, (given, count) -> given.get(Math.min(count, 2) - 1));
  }
}
