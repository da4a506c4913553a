package org.asyncio4j.spi;

import org.asyncio4j.core.Context;
import org.asyncio4j.spi.internal.cycle.ReadyEntry;

/** Opens to tests in other packages what a loop shows only to this one and to its subclasses. */
public final class LoopInside {

  private LoopInside() {}

  /** Queues an entry, as a loop does it, on the loop's thread. */
  public static void schedule(BaseEventLoop loop, ReadyEntry entry) {
    loop.core().schedule(entry);
  }

  /** Returns whether the loop considers the calling thread its own. */
  public static boolean isOnLoopThread(BaseEventLoop loop) {
    return loop.core().isOnLoopThread();
  }

  /** Creates a handle that {@code poll} may queue. */
  public static IoHandle newIoHandle(BaseEventLoop loop, Runnable action, Context context) {
    return loop.newIoHandle(action, context);
  }
}
