package org.asyncio4j.tck.mutants.threads;

import org.asyncio4j.core.Context;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** Chapter 3: which thread may call, and which one is called. */
public final class ThreadMutants extends Defects {

  public ThreadMutants() {
    defect("3.5", "queues threadsafe callbacks last")
        .loop(loop ->
            loop.callSoonThreadsafe.given(
                callback -> MutantLoop.onLoop() ? loop.aTickLate(callback) : callback));

    defect("3.6", "accepts callbacks from foreign threads")
        .loop(loop ->
            loop.callSoon.around((correct, callback) ->
                isForeign(loop) ? loop.callSoonThreadsafe(callback) : correct.call(callback)));

    defect("3.7", "accepts tasks from foreign threads")
        .loop(loop ->
            loop.createTask.around((correct, wanted) -> {
              if (!isForeign(loop)) {
                return correct.call(wanted);
              }
              loop.callSoonThreadsafe(correct.later(wanted));
              return null;
            }));

    defect("3.8", "belongs to the thread that opened it")
        .loop(loop -> {
          Thread owner = Thread.currentThread();
          loop.callSoon.refuse(
              () -> !loop.isRunning() && Thread.currentThread() != owner,
              () -> new WrongThreadException("not the owner"));
        });

    handles();

    defect("3.13", "runs timers on threads of their own")
        .also("3.6", "3.8", "3.18")
        .loop(loop ->
            loop.callAt.given(
                timer -> timer.calling(() -> Thread.ofPlatform().start(timer.callback()))));

    defect("3.14", "forgets the context of other threads")
        .loop(loop ->
            loop.callSoonThreadsafe.around(
                (_, callback) -> loop.callSoonThreadsafe(callback, Context.empty())));
  }

  private void handles() {
    defect("3.10", "ignores cancel from outside while it is idle")
        .loop(
            loop -> loop.handles(loop.callSoonThreadsafe, it -> it.cancel.onlyIf(loop::isRunning)));

    defect("3.11", "returns from cancel at once")
        .loop(loop ->
            loop.handles(loop.callSoonThreadsafe, it -> it.cancel.unless(() -> isForeign(loop))));

    defect("3.12", "lets no callback cancel itself")
        .loop(loop ->
            loop.handles(
                loop.callSoonThreadsafe,
                it ->
                    it.cancel.refuse(
                        () -> MutantLoop.onLoop(),
                        () -> new IllegalStateException("it would wait for itself"))));

    defect("3.20", "drops without a word")
        .loop(loop ->
            loop.handles(
                loop.callSoonThreadsafe,
                it -> it.isCancelled.returns(cancelled -> !loop.isClosed() && cancelled)));
  }

  private static boolean isForeign(MutantLoop loop) {
    return loop.isRunning() && !MutantLoop.onLoop();
  }
}
