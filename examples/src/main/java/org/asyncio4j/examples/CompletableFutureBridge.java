package org.asyncio4j.examples;

import java.util.concurrent.CompletableFuture;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;

/**
 * Awaits a CompletableFuture in a task, and a task through a CompletableFuture on another thread.
 */
final class CompletableFutureBridge {

  static void main() {
    Asyncio.run(() -> {
      Future<Integer> answer = Asyncio.wrapFuture(CompletableFuture.supplyAsync(() -> 6 * 7));
      IO.println("the answer is " + answer.await());

      EventLoop loop = Asyncio.runningLoop();
      String greeting = Asyncio.toThread(() -> askFromOutside(loop));
      IO.println(greeting);
    });
  }

  /** Runs on a thread other than the loop's. */
  private static String askFromOutside(EventLoop loop) {
    CompletableFuture<String> greeting =
        Asyncio.runCoroutineThreadsafe(
            () -> "greetings from " + Asyncio.currentTask().orElseThrow().name(), loop);
    return greeting.join();
  }
}
