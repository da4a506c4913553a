package org.asyncio4j.examples;

import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;

/** Does two things at a time, on one thread: what takes two moments takes one. */
final class TwoTasks {

  static void main() {
    // region two-tasks
    Asyncio.run(() -> {
      Task<String> tea = Asyncio.createTask(() -> brew("tea"));
      Task<String> coffee = Asyncio.createTask(() -> brew("coffee"));
      IO.println(tea.await() + " and " + coffee.await());
    });
    // endregion
  }

  private static String brew(String drink) {
    IO.println("brewing " + drink);
    Asyncio.sleep(Duration.ofMillis(50));
    return "hot " + drink;
  }
}
