package org.example.fatjar;

import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoopInfo;

/** Prints which loops there are, and on which the program runs. */
final class Main {

  static void main() {
    for (EventLoopInfo loop : Asyncio.eventLoops()) {
      IO.println("found " + loop.name());
    }
    Asyncio.run(() -> IO.println("running " + Asyncio.runningLoop()));
  }
}
