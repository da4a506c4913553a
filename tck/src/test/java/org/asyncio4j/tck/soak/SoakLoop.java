package org.asyncio4j.tck.soak;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.probe.BackgroundLoop;

/** A loop in the background whose bodies have time limits of their own. */
final class SoakLoop implements AutoCloseable {

  private final EventLoop loop;
  private final BackgroundLoop background;

  private SoakLoop(EventLoop loop) {
    this.loop = loop;
    this.background = BackgroundLoop.start(loop, TckSettings.defaults());
  }

  static SoakLoop start(String name, Tally tally) {
    EventLoop loop = Asyncio.newEventLoop(name);
    loop.setExceptionHandler((_, report) -> tally.fault("reported: " + report));
    return new SoakLoop(loop);
  }

  EventLoop loop() {
    return loop;
  }

  <T> T run(Callable<T> body) {
    return run(body, Duration.ofMinutes(1));
  }

  /** Runs a body that must end in time; the failure names the tasks that have not. */
  <T> T run(Callable<T> body, Duration limit) {
    CompletableFuture<T> result = Asyncio.runCoroutineThreadsafe(body, loop);
    try {
      return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | InterruptedException late) {
      throw new AssertionError(
          "all must be over after %s but these are not: %s".formatted(limit, loop.allTasks()),
          late);
    } catch (ExecutionException failed) {
      throw new AssertionError("a task must not fail but did", failed.getCause());
    }
  }

  /** Returns the number of pending tasks, except the one that counts. */
  int tasks() {
    return run(() -> loop.allTasks().size() - 1);
  }

  @Override
  public void close() {
    loop.callSoonThreadsafe(() -> loop.allTasks().forEach(Task::cancel));
    background.close();
    loop.close();
  }
}
