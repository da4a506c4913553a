package org.asyncio4j.spi;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.internal.fiber.Fiber;
import org.jspecify.annotations.Nullable;

/** Tells on which loop's thread the caller is. */
public final class LoopsHere {

  private LoopsHere() {}

  /**
   * Has an action called when a loop closes, or now if it is closed. Callable from any thread.
   *
   * @param loop the loop; nothing happens unless it extends {@link BaseEventLoop}
   * @param action what to call, once or twice; must not throw
   * @return takes it back
   */
  public static Runnable onClose(EventLoop loop, Runnable action) {
    return loop instanceof BaseEventLoop base ? base.core().onClose(action) : () -> {};
  }

  /** {@return the loop whose task or callback calls, or {@code null}} Callable from any thread. */
  public static @Nullable BaseEventLoop runningLoop() {
    Fiber<?> fiber = Fiber.current();
    return fiber == null ? null : (BaseEventLoop) fiber.owner();
  }
}
