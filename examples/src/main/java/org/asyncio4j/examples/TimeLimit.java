package org.asyncio4j.examples;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimerHandle;

/** Gives a piece of work so much time and no more. */
final class TimeLimit {

  static void main() {
    Asyncio.run(() -> {
      try {
        IO.println(within(Duration.ofSeconds(10), () -> workFor(Duration.ofMillis(10))));
        IO.println(within(Duration.ofMillis(10), () -> workFor(Duration.ofHours(1))));
      } catch (TimeoutException late) {
        IO.println(late.getMessage());
      }
    });
  }

  static <T> T within(Duration limit, Callable<T> body) throws TimeoutException {
    Task<T> task = Asyncio.createTask(body);
    TimerHandle timer = Asyncio.runningLoop().callLater(limit, task::cancel);
    try {
      return task.await();
    } catch (CancelledError cancelled) {
      // Somebody may have cancelled the task that waits here: then this is not about the limit.
      if (Asyncio.currentTask().orElseThrow().cancelling() > 0) {
        throw cancelled;
      }
      throw new TimeoutException("not done within " + limit.toMillis() + " ms");
    } finally {
      timer.cancel();
    }
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
