package org.asyncio4j.tck.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.coroutine.Suspension;

/** Chapter 14: loops on which locks and semaphores fail. */
final class LockMutants {

  private static final int CROWD = 3;

  private LockMutants() {}

  @Mutant(rule = "14.1")
  static EventLoop wakesTwoTasksOfACrowd(LoopContext context) {
    List<Promise<?>> pending = new ArrayList<>();
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            Promise<T> made =
                new BuiltinFuture<T>(loop) {
                  @Override
                  public void setResult(T value) {
                    super.setResult(value);
                    boolean crowd = pending.size() >= CROWD;
                    pending.removeIf(Future::isDone);
                    if (crowd && !pending.isEmpty()) {
                      pending.removeFirst().setResult(null);
                    }
                  }
                };
            pending.add(made);
            return made;
          }
        });
  }

  @Mutant(rule = "14.2")
  static EventLoop ignoresACancellationThatComesWithTheResult(LoopContext context) {
    return CancellationMutants.ignoresACancellationThatComesWithTheResult(context);
  }

  @Mutant(rule = "14.3", also = "14.2")
  static EventLoop leavesABodyThatIsCancelledWithTheResult(LoopContext context) {
    return new TaskMutant(context) {
      @Override
      Map<String, Altered.Alteration> ofCoroutine(Coroutine<?> correct) {
        AtomicReference<Throwable> raised = new AtomicReference<>();
        return Map.of(
            "throwInto",
            arguments -> {
              Future<?> awaited = correct.awaited();
              if (awaited == null || !awaited.isDone() || awaited.isCancelled()) {
                return correct.throwInto((Throwable) arguments[0]);
              }
              raised.set((Throwable) arguments[0]);
              return Suspension.RAISED;
            },
            "failure",
            _ -> raised.get() == null ? correct.failure() : raised.get());
      }
    };
  }

  @Mutant(rule = "14.4")
  static EventLoop cancelsTheAwaitedFutureATickLate(LoopContext context) {
    return CancellationMutants.cancelsTheAwaitedFutureATickLate(context);
  }

  @Mutant(
      rule = "14.5",
      also = {"14.8", "14.9", "14.10"})
  static EventLoop forgetsTheCurrentTaskAfterItsFirstStep(LoopContext context) {
    return VisibilityMutants.forgetsTheCurrentTaskAfterItsFirstStep(context);
  }

  @Mutant(rule = "14.14")
  static EventLoop tellsOtherThreadsThatItDoesNotRun(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public boolean isRunning() {
        return onLoop() && super.isRunning();
      }
    };
  }

  @Mutant(rule = "14.15")
  static EventLoop isHeldByABodyThatBlocks(LoopContext context) {
    return new CorrectLoop(context.withCoroutines(CoroutineMode.HANDOFF));
  }
}
