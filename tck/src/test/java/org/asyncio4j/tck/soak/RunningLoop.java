package org.asyncio4j.tck.soak;

import java.util.concurrent.Callable;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;

/** A loop on a thread of its own. */
final class RunningLoop implements AutoCloseable {

  private final EventLoop loop;
  private final Thread thread;

  private RunningLoop(EventLoop loop) {
    this.loop = loop;
    this.thread = Thread.ofPlatform().name("soak-loop").unstarted(loop::runForever);
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
    return Asyncio.runCoroutineThreadsafe(body, loop).join();
  }

  /** Says how many tasks are not done, but for the one that counts. */
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
