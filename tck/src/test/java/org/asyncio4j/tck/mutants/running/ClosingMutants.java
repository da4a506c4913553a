package org.asyncio4j.tck.mutants.running;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 1: closing, and loops that run at the same time. */
public final class ClosingMutants extends Defects {

  public ClosingMutants() {
    defect("1.18", "never counts as closed").loop(loop -> loop.isClosed.always(false));

    defect("1.19", "ignores close while it runs").loop(loop -> loop.close.unless(loop::isRunning));

    defect("1.20", "runs what is left before it closes")
        .also("1.29")
        .loop(loop ->
            loop.close.before(() -> {
              if (!loop.isRunning() && !loop.isClosed()) {
                loop.stop();
                loop.runForever();
              }
            }));

    defect("1.21", "accepts callbacks after close")
        .loop(loop -> loop.callSoon.unless(loop::isClosed));

    defect("1.22", "accepts tasks after close")
        .loop(loop -> loop.createTask.unless(loop::isClosed));

    defect("1.23", "returns at once after close")
        .loop(loop -> loop.runForever.unless(loop::isClosed));

    defect("1.24", "runs blocking code after close")
        .loop(loop -> loop.runInGivenExecutor.unless(loop::isClosed));

    defect("1.25", "leaves the executor running")
        .loop(loop ->
            loop.executors(it -> {
              it.shutdown.swallow();
              it.shutdownNow.always(List.of());
            }));

    ReentrantLock shared = new ReentrantLock();
    defect("1.26", "runs one loop at a time")
        .also("1.33", "1.34", "1.35")
        .loop(loop ->
            loop.runForever.instead((correct, _) -> {
              if (MutantLoop.onLoop() || loop.isRunning()) {
                correct.call();
                return;
              }
              shared.lock();
              try {
                correct.call();
              } finally {
                shared.unlock();
              }
            }));

    defect("1.29", "closes tasks away without a word")
        .loop(loop -> {
          Flag closing = new Flag();
          loop.close.before(closing::set);
          loop.callExceptionHandler.unless(closing);
        });
  }
}
