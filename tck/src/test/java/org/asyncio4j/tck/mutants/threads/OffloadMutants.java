package org.asyncio4j.tck.mutants.threads;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.tck.mutants.harness.CoreSeams.Offload;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 3: blocking code in executors. */
public final class OffloadMutants extends Defects {

  public OffloadMutants() {
    defect("3.15", "ignores the cancellation of tasks")
        .also("3.32")
        .loop(loop ->
            loop.tasks(it -> it.cancel.unless(() -> !loop.isRunning() || MutantLoop.onLoop())));

    defect("3.16", "runs blocking code itself")
        .also("3.18")
        .loop(loop ->
            loop.runInExecutor.around((_, body) -> loop.runInExecutor(Runnable::run, body)));

    defect("3.17", "throws into executors after close")
        .loop(loop ->
            loop.runInGivenExecutor.given(
                it -> new Offload(checking(loop, it.executor()), it.body())));

    defect("3.18", "interrupts bodies that run").also("3.16").loop(OffloadMutants::interruptBodies);
  }

  private static Executor checking(MutantLoop loop, Executor executor) {
    return command ->
        executor.execute(() -> {
          command.run();
          if (loop.isClosed()) {
            throw new IllegalStateException("too late");
          }
        });
  }

  private static void interruptBodies(MutantLoop loop) {
    loop.runInExecutor.around((correct, body) -> {
      AtomicReference<Thread> runner = new AtomicReference<>();
      return MutantLoop.cancelling(
          correct.call(() -> {
            runner.set(Thread.currentThread());
            return body.call();
          }),
          () -> runner.get().interrupt());
    });
  }
}
