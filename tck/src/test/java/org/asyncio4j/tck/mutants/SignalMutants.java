package org.asyncio4j.tck.mutants;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.LoopContext;

/** Chapter 14: loops on which events, barriers, conditions and queues fail. */
final class SignalMutants {

  private static final int FORTIETH = 40;
  private static final int AFTER_THE_START = 2;

  private SignalMutants() {}

  /** What may keep a future of a mutant from being completed. */
  private interface Loss {
    boolean isLost(BaseEventLoop loop);
  }

  private static EventLoop losing(LoopContext context, Loss loss) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void setResult(T value) {
                if (!loss.isLost(loop)) {
                  super.setResult(value);
                }
              }
            };
          }
        });
  }

  /** Which tasks of a mutant go on a tick later than they should. */
  private interface Delay {
    boolean isLate(int number);
  }

  private static EventLoop delaying(LoopContext context, Delay delay) {
    AtomicInteger count = new AtomicInteger();
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            int number = count.getAndIncrement();
            return new BuiltinFuture<T>(loop) {
              @Override
              public T await() {
                T value = super.await();
                if (delay.isLate(number) && loop.currentTask().isPresent()) {
                  Asyncio.sleep(Duration.ZERO);
                }
                return value;
              }
            };
          }
        });
  }

  @Mutant(rule = "14.6", also = "14.7")
  static EventLoop wakesTheFirstATickLate(LoopContext context) {
    return delaying(context, number -> number == 0);
  }

  @Mutant(rule = "14.7")
  static EventLoop wakesEverybodyATickLate(LoopContext context) {
    return delaying(context, _ -> true);
  }

  @Mutant(rule = "14.8", also = "14.9")
  static EventLoop hasCancelledTasksWaitNoMore(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public T await() {
                boolean cancelled =
                    loop.currentTask().filter(task -> task.cancelling() > 0).isPresent();
                return cancelled && !isDone() ? null : super.await();
              }
            };
          }
        });
  }

  @Mutant(rule = "14.9")
  static EventLoop canBeCancelledOnce(LoopContext context) {
    return CancelRequestMutants.canBeCancelledOnce(context);
  }

  @Mutant(rule = "14.10")
  static EventLoop losesEveryFortiethWakeUp(LoopContext context) {
    AtomicInteger count = new AtomicInteger();
    return losing(context, _ -> count.incrementAndGet() % FORTIETH == 0);
  }

  @Mutant(
      rule = "14.11",
      also = {"14.13", "14.14"})
  static EventLoop losesWhatCallbacksComplete(LoopContext context) {
    return losing(context, loop -> CorrectLoop.onLoop() && loop.currentTask().isEmpty());
  }

  @Mutant(rule = "14.12")
  static EventLoop losesWhatIsCompletedWhileItRests(LoopContext context) {
    return losing(context, loop -> !loop.isRunning());
  }

  @Mutant(rule = "14.13", also = "14.14")
  static EventLoop losesTheSecondCallFromAnotherThread(LoopContext context) {
    AtomicInteger count = new AtomicInteger();
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        boolean lost = !onLoop() && count.incrementAndGet() == AFTER_THE_START;
        return super.callSoonThreadsafe(lost ? () -> {} : callback);
      }
    };
  }
}
