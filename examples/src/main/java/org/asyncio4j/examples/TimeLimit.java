package org.asyncio4j.examples;

import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.TimeoutException;

/** Limits the time of a piece of work. */
final class TimeLimit {

  static void main() {
    Asyncio.run(() -> {
      try {
        IO.println(Asyncio.timeout(Duration.ofSeconds(10), () -> workFor(Duration.ofMillis(10))));
        IO.println(Asyncio.timeout(Duration.ofMillis(10), () -> workFor(Duration.ofHours(1))));
      } catch (TimeoutException late) {
        IO.println(late.getMessage());
      }
    });
  }

  private static String workFor(Duration duration) {
    try {
      Asyncio.sleep(duration);
      return "done in time";
    } finally {
      IO.println("work ends");
    }
  }
}
