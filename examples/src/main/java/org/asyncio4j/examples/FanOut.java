package org.asyncio4j.examples;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.tasks.TaskGroup;

/**
 * Splits work among child tasks. The first failure ends all of them, and none outlives the group.
 */
final class FanOut {

  static void main() {
    Asyncio.run(() -> {
      try {
        fetchBoth("a", 20, "b", 10);
        fetchBoth("c", 3_600_000, "broken", 10);
      } catch (IOException failure) {
        IO.println(failure.getMessage());
      }
    });
  }

  private static void fetchBoth(String left, long leftMillis, String right, long rightMillis)
      throws IOException {
    TaskGroup.run(group -> {
      Task<String> first = group.createTask(() -> fetch(left, leftMillis));
      Task<String> second = group.createTask(() -> fetch(right, rightMillis));
      IO.println(first.awaitThrowing(IOException.class) + second.awaitThrowing(IOException.class));
    });
  }

  private static String fetch(String what, long millis) throws IOException {
    try {
      Asyncio.sleep(Duration.ofMillis(millis));
    } catch (CancelledError cancelled) {
      IO.println(what + " is given up");
      throw cancelled;
    }
    if (what.equals("broken")) {
      throw new IOException("could not fetch " + what);
    }
    return what.toUpperCase(Locale.ROOT);
  }
}
