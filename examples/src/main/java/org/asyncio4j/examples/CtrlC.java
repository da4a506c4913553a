package org.asyncio4j.examples;

import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;

/** Works until Ctrl-C or SIGTERM, then cleans up. The clean-up may wait, too. */
final class CtrlC {

  static void main() {
    try {
      Asyncio.run(CtrlC::work);
    } catch (CancelledError interrupted) {
      IO.println("stopped: " + interrupted.getMessage());
    }
  }

  private static void work() {
    IO.println("working, press Ctrl-C");
    try {
      Asyncio.sleep(Duration.ofHours(1));
    } finally {
      IO.println("cleaning up");
      Asyncio.sleep(Duration.ofMillis(50));
      IO.println("clean");
    }
  }
}
