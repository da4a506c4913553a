package org.asyncio4j.tck.mutants.threads;

import module java.base;

import org.asyncio4j.core.Context;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 3: threads, wake-ups and executors. */
public final class ThreadMutants extends Defects {

  private static final long IDLE_NANOS = 100_000_000;

  public ThreadMutants() {
    // On a busy machine there is such a pause in all rules that call a loop in the background.
    defect(
            "3.1 also .9, .21, .22, .23, .24, .25, .26, .27, .29, .30, .31, .32",
            "oversleeps the second wake up after a pause",
            Turn.nth(2))
        .loop(loop -> {
          long[] lastCall = {0};
          holdBack(
              loop,
              () -> {
                long pause = System.nanoTime() - lastCall[0];
                lastCall[0] = System.nanoTime();
                return loop.turn().comes() && pause > IDLE_NANOS;
              });
        });
    defect("3.2", "loses one in three thousand callbacks", Turn.every(3_000))
        .loop(loop -> loop.callSoonThreadsafe.givenIf(loop.turn(), _ -> () -> {}));
    defect("3.3", "loses a wake up now and then", Turn.every(700))
        .loop(loop -> holdBack(loop, loop.turn()::comes));
    defect("3.4", "refuses in a way of its own after close")
        .loop(loop ->
            loop.callSoonThreadsafe.insteadOf(
                IllegalStateException.class,
                closed -> new UnsupportedOperationException("bad file descriptor", closed)));
    defect("3.5", "queues threadsafe callbacks last")
        .loop(loop -> loop.callSoonThreadsafe.givenIf(_ -> MutantLoop.onLoop(), loop::aTickLate));
    defect("3.6", "accepts callbacks from foreign threads")
        .loop(loop ->
            loop.callSoon.aroundIf(
                _ -> loop.isForeign(), (_, callback) -> loop.callSoonThreadsafe(callback)));
    defect("3.7", "accepts tasks from foreign threads")
        .loop(loop ->
            loop.createTask.insteadIf(
                _ -> loop.isForeign(),
                (correct, wanted) -> loop.callSoonThreadsafe(correct.later(wanted))));
    defect("3.8", "belongs to the thread that opened it")
        .loop(loop -> {
          Thread owner = Thread.currentThread();
          loop.callSoon.refuse(
              _ -> !loop.isRunning() && Thread.currentThread() != owner,
              _ -> new WrongThreadException("not the owner"));
        });
    defect("3.9", "ignores stop in a threadsafe callback")
        .loop(loop -> {
          Flag inside = new Flag();
          loop.callSoonThreadsafe.given(inside::during);
          loop.stop.unless(inside);
        });
    defect("3.10", "ignores cancel from outside while it is idle")
        .loop(loop ->
            loop.handles(loop.callSoonThreadsafe, it -> it.cancel.onlyIf(_ -> loop.isRunning())));
    defect("3.11", "returns from cancel at once")
        .loop(loop ->
            loop.handles(loop.callSoonThreadsafe, it -> it.cancel.unless(_ -> loop.isForeign())));
    defect("3.12", "lets no callback cancel itself")
        .loop(loop ->
            loop.handles(
                loop.callSoonThreadsafe,
                it ->
                    it.cancel.refuse(
                        _ -> MutantLoop.onLoop(),
                        _ -> new IllegalStateException("it would wait for itself"))));
    defect("3.13 also .6, .8, .18", "runs timers on threads of their own")
        .loop(loop ->
            loop.callAt.given(
                timer -> timer.calling(() -> Thread.ofPlatform().start(timer.callback()))));
    defect("3.14", "forgets the context of other threads")
        .loop(loop ->
            loop.callSoonThreadsafe.around(
                (_, callback) -> loop.callSoonThreadsafe(callback, Context.empty())));
    defect("3.15 also .32", "ignores the cancellation of tasks")
        .loop(loop ->
            loop.tasks(it -> it.cancel.unless(_ -> !loop.isRunning() || MutantLoop.onLoop())));
    defect("3.16 also .18", "runs blocking code itself")
        .loop(loop ->
            loop.runInExecutor.around((_, body) -> loop.runInExecutor(Runnable::run, body)));
    defect("3.17", "throws into executors after close")
        .loop(
            loop -> loop.runInGivenExecutor.with("executor", it -> checking(loop, it.executor())));
    defect("3.18 also .16", "interrupts bodies that run")
        .loop(loop ->
            loop.runInExecutor.around((correct, body) -> {
              AtomicReference<Thread> runner = new AtomicReference<>();
              return loop.cancelling(
                  correct.call(() -> {
                    runner.set(Thread.currentThread());
                    return body.call();
                  }),
                  () -> runner.get().interrupt());
            }));
    defect("3.20", "drops without a word")
        .loop(loop ->
            loop.handles(
                loop.callSoonThreadsafe,
                it -> it.isCancelled.returns(cancelled -> !loop.isClosed() && cancelled)));
  }

  /** Delays some calls until the next call. */
  private static void holdBack(MutantLoop loop, BooleanSupplier isHeld) {
    Runnable[] held = new Runnable[1];
    loop.callSoonThreadsafe.around((correct, callback) -> {
      synchronized (held) {
        Runnable late = held[0];
        held[0] = null;
        if (late != null) {
          correct.call(late);
        }
        if (isHeld.getAsBoolean()) {
          held[0] = callback;
          return null;
        }
        return correct.call(callback);
      }
    });
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
}
