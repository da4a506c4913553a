package org.asyncio4j.tck.mutants;

import java.util.Optional;
import java.util.Set;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.readiness.Driver;
import org.asyncio4j.spi.readiness.ReadinessEventLoop;

/** The loop that every mutant is, but for its defect. */
class CorrectLoop extends ReadinessEventLoop {

  CorrectLoop(LoopContext context) {
    this(context, MutantProvider.driverOf(new NioEventLoopProvider()));
  }

  private CorrectLoop(LoopContext context, Driver driver) {
    super(
        context,
        "mutant",
        driver.poller(),
        driver.sockets(),
        new NioEventLoopProvider().capabilities());
  }

  /** What {@code allTasks} answers without a defect. */
  final Set<Task<?>> correctTasks() {
    return super.allTasks();
  }

  /** What {@code currentTask} answers without a defect. */
  final Optional<Task<?>> correctCurrentTask() {
    return super.currentTask();
  }

  /** Whether a loop runs on the calling thread. */
  static boolean onLoop() {
    try {
      return Asyncio.runningLoop() != null;
    } catch (IllegalStateException none) {
      return false;
    }
  }
}
