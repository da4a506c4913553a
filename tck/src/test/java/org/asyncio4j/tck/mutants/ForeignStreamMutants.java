package org.asyncio4j.tck.mutants;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.LoopsHere;
import org.asyncio4j.stream.StreamWriter;

/**
 * Chapter 3: streams in foreign threads. They ask their loop first, so only a loop that lies to
 * them can let others in.
 */
final class ForeignStreamMutants {

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private ForeignStreamMutants() {}

  /** A loop that denies that it runs when a method of a writer asks. */
  private static EventLoop denying(LoopContext context, Predicate<String> isDenied) {
    return new CorrectLoop(context) {
      @Override
      public boolean isRunning() {
        return super.isRunning() && !(isCalledByWriter(isDenied));
      }
    };
  }

  private static boolean isCalledByWriter(Predicate<String> method) {
    return STACK.walk(frames ->
        frames
            .filter(frame -> StreamWriter.class.isAssignableFrom(frame.getDeclaringClass()))
            .findFirst()
            .map(frame -> method.test(frame.getMethodName()))
            .orElse(false));
  }

  @Mutant(rule = "3.23")
  static EventLoop letsStreamsWrite(LoopContext context) {
    return denying(context, "write"::equals);
  }

  @Mutant(rule = "3.23", also = "3.32")
  static EventLoop letsStreamsOfOtherLoopsClose(LoopContext context) {
    return denying(context, method -> method.equals("close") && LoopsHere.runningLoop() != null);
  }

  @Mutant(rule = "3.32", also = "3.23")
  static EventLoop letsStreamsClose(LoopContext context) {
    return denying(context, "close"::equals);
  }

  @Mutant(rule = "3.32", also = "3.23")
  static EventLoop letsStreamsCloseOnceItHasRefused(LoopContext context) {
    AtomicInteger calls = new AtomicInteger();
    return denying(context, method -> method.equals("close") && calls.incrementAndGet() > 10);
  }
}
