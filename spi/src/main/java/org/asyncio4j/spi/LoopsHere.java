package org.asyncio4j.spi;

import org.asyncio4j.spi.internal.fiber.Fiber;
import org.jspecify.annotations.Nullable;

/** Tells on which loop's thread the caller is. */
public final class LoopsHere {

  private LoopsHere() {}

  /** {@return the loop whose task or callback calls, or {@code null}} Callable from any thread. */
  public static @Nullable BaseEventLoop runningLoop() {
    Fiber<?> fiber = Fiber.current();
    return fiber == null ? null : (BaseEventLoop) fiber.owner();
  }
}
