package org.asyncio4j.spi.internal.cycle;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.describe.Described;
import org.asyncio4j.spi.internal.fiber.Fiber;
import org.jspecify.annotations.Nullable;

/** Which loop the calling thread runs, and who may use a loop that runs on another one. */
public final class LoopThread {

  private LoopThread() {}

  /** Returns the loop whose task or callback is calling. Callable from any thread. */
  public static @Nullable EventLoop running() {
    Fiber<?> fiber = Fiber.current();
    return fiber == null ? null : (EventLoop) fiber.owner();
  }

  /** Throws if a loop of ours runs and the caller is on another thread. */
  public static void ensureOwner(EventLoop loop, String operation) {
    if (running() != loop && loop.isRunning()) {
      throw refusal(loop, operation);
    }
  }

  /** Returns the exception for a caller on the wrong thread. */
  public static WrongThreadException refusal(EventLoop loop, String operation) {
    String caller = Described.currentThread();
    EventLoop running = running();
    return new WrongThreadException(
        "cannot call %s on %s: %s runs on another thread; use callSoonThreadsafe"
            .formatted(
                operation,
                running == null ? caller : caller + " of " + identified(running),
                identified(loop)));
  }

  /** Describes a loop with its identity, because two loops of a kind look the same. */
  private static String identified(EventLoop loop) {
    return "%s (%x)".formatted(loop, System.identityHashCode(loop));
  }
}
