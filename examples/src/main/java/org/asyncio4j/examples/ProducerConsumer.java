package org.asyncio4j.examples;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.sync.AsyncQueue;
import org.asyncio4j.sync.AsyncSemaphore;
import org.asyncio4j.sync.QueueShutDownException;

/** One task places orders, three cook them on two stoves, and all end when no orders are left. */
final class ProducerConsumer {

  private static final int ORDERS = 6;
  private static final int COOKS = 3;

  static void main() {
    Asyncio.run(() -> {
      AsyncQueue<String> orders = new AsyncQueue<>(2);
      AsyncSemaphore stoves = new AsyncSemaphore(2);
      List<Task<Integer>> cooks =
          IntStream.range(0, COOKS)
              .mapToObj(_ -> Asyncio.createTask(() -> cook(orders, stoves)))
              .toList();
      for (int number = 1; number <= ORDERS; number++) {
        orders.put("order " + number); // waits while two orders are queued
        IO.println("placed order " + number);
      }
      orders.join(); // waits until taskDone was called for each order
      orders.shutdown();
      IO.println("cooked " + cooks.stream().mapToInt(Task::await).sum());
    });
  }

  /** Cooks until the queue is shut down, and returns the number of orders. */
  private static int cook(AsyncQueue<String> orders, AsyncSemaphore stoves) {
    int cooked = 0;
    while (true) {
      try {
        String order = orders.get();
        try (var _ = stoves.hold()) {
          Asyncio.sleep(Duration.ofMillis(5));
        }
        IO.println(order + " is ready");
        orders.taskDone();
        cooked++;
      } catch (QueueShutDownException closingTime) {
        return cooked;
      }
    }
  }
}
