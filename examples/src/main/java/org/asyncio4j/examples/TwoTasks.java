package org.asyncio4j.examples;

import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;

/** Does two things at the same time, on one thread. */
final class TwoTasks {

  // region two-tasks
  static void main() {
    Asyncio.run(() -> {
      Task<String> tea = Asyncio.createTask(() -> brew("tea"));
      Task<String> coffee = Asyncio.createTask(() -> brew("coffee"));
      IO.println(tea.await() + " and " + coffee.await());
    });
  }

  static String brew(String drink) {
    Asyncio.sleep(Duration.ofMillis(50));
    return "hot " + drink;
  }
  // endregion
}
