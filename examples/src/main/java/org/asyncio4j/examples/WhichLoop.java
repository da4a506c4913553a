package org.asyncio4j.examples;

import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoopInfo;

/** Prints the available loops, and the one that runs the program. */
final class WhichLoop {

  static void main() {
    // region which-loop
    for (EventLoopInfo loop : Asyncio.eventLoops()) {
      IO.println(loop.name() + ": " + loop.unavailability().orElse("available"));
    }
    Asyncio.run(() -> IO.println("running " + Asyncio.runningLoop()));
    // endregion
  }
}
