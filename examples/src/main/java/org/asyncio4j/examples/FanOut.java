package org.asyncio4j.examples;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.Task;
import org.jspecify.annotations.Nullable;

/** Splits work among children. The first that fails ends them all, and none outlives the call. */
final class FanOut {

  static void main() {
    Asyncio.run(() -> {
      try {
        IO.println(all(List.of(() -> fetch("a", 20), () -> fetch("b", 10))));
        all(List.of(() -> fetch("c", 3_600_000), () -> fetch("broken", 10)));
      } catch (IOException failure) {
        IO.println(failure.getMessage());
      }
    });
  }

  /** Answers the results in order, or throws what the first child to fail has thrown. */
  static <T> List<T> all(List<Callable<T>> bodies) throws IOException {
    Promise<@Nullable Void> end = Asyncio.runningLoop().createFuture();
    List<Task<T>> children = bodies.stream().map(Asyncio::createTask).toList();
    children.forEach(child -> child.addDoneCallback(done -> note(done, children, end)));
    try {
      end.await(IOException.class);
      return children.stream().map(Future::result).toList();
    } finally {
      children.forEach(Task::cancel);
      children.forEach(FanOut::join);
    }
  }

  private static <T> void note(
      Future<T> done, List<Task<T>> children, Promise<@Nullable Void> end) {
    Throwable failure = done.isCancelled() ? new CancelledError("a child") : done.exception();
    if (failure != null && !end.isDone()) {
      end.setException(failure);
    } else if (children.stream().allMatch(Future::isDone) && !end.isDone()) {
      end.setResult(null);
    }
  }

  private static void join(Task<?> child) {
    try {
      child.await();
    } catch (Throwable expected) {
      IO.println("a child ended early: " + expected.getClass().getSimpleName());
    }
  }

  private static String fetch(String what, long millis) throws IOException {
    Asyncio.sleep(Duration.ofMillis(millis));
    if (what.equals("broken")) {
      throw new IOException("could not fetch " + what);
    }
    return what.toUpperCase(Locale.ROOT);
  }
}
