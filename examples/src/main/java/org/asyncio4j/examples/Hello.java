package org.asyncio4j.examples;

import java.time.Duration;
import org.asyncio4j.Asyncio;

/** Prints a greeting, sleeps without blocking the loop, and goes on. */
final class Hello {

  static void main() {
    Asyncio.run(() -> {
      IO.println("Hello ...");
      Asyncio.sleep(Duration.ofMillis(50));
      IO.println("... world!");
    });
  }
}
