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

/** A loop on a thread of its own. */
final class RunningLoop implements AutoCloseable {

  private final EventLoop loop;
  private final Thread thread;

  private RunningLoop(EventLoop loop) {
    this.loop = loop;
    this.thread = Thread.ofPlatform().daemon().name("soak-loop").unstarted(loop::runForever);
  }

  static RunningLoop start(String name, Tally tally) {
    EventLoop loop = Asyncio.newEventLoop(name);
    loop.setExceptionHandler((_, report) -> tally.fault("reported: " + report));
    RunningLoop running = new RunningLoop(loop);
    running.thread.start();
    return running;
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
    loop.callSoonThreadsafe(() -> {
      loop.allTasks().forEach(Task::cancel);
      loop.callSoon(() -> loop.callSoon(loop::stop));
    });
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    loop.close();
  }
}
