package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.LoopContext;

/** Chapter 4: waiting for futures. */
final class AwaitMutants {

  private AwaitMutants() {}

  @Mutant(rule = "4.14")
  static EventLoop yieldsBeforeADoneFutureAnswers(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public T await() {
                if (isDone() && loop.currentTask().isPresent()) {
                  Asyncio.sleep(Duration.ZERO);
                }
                return super.await();
              }
            };
          }
        });
  }

  @Mutant(rule = "4.15", also = "4.21")
  static EventLoop wrapsWhatAwaitThrows(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public T await() {
                try {
                  return super.await();
                } catch (Throwable thrown) {
                  throw thrown instanceof IOException io
                      ? new UncheckedIOException(io)
                      : RunningMutants.sneaky(thrown);
                }
              }
            };
          }
        });
  }

  @Mutant(rule = "4.16")
  static EventLoop answersNullOutsideATask(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public T await() {
                return CorrectLoop.onLoop()
                        && loop.currentTask().isEmpty()
                        && !isDone()
                        && Asyncio.runningLoop() == loop
                    ? null
                    : super.await();
              }
            };
          }
        });
  }

  @Mutant(rule = "4.17")
  static EventLoop answersNullToTasksOfOtherLoops(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public T await() {
                return CorrectLoop.onLoop() && Asyncio.runningLoop() != loop ? null : super.await();
              }
            };
          }
        });
  }

  @Mutant(rule = "4.18")
  static EventLoop wakesTheLastFirst(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              private final Deque<Promise<T>> waiting = new ArrayDeque<>();

              @Override
              public T await() {
                if (!isDone() && loop.currentTask().isPresent()) {
                  Promise<T> own = new BuiltinFuture<>(loop);
                  waiting.push(own);
                  own.await();
                }
                return super.await();
              }

              @Override
              public void setResult(T value) {
                super.setResult(value);
                waiting.forEach(own -> own.setResult(value));
              }

              @Override
              public void setException(Throwable exception) {
                super.setException(exception);
                waiting.forEach(own -> own.setResult(null));
              }
            };
          }
        });
  }

  @Mutant(rule = "4.21")
  static EventLoop losesWhatComesFromOtherThreads(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoonThreadsafe(Runnable callback) {
        return super.callSoonThreadsafe(onLoop() ? callback : () -> {});
      }
    };
  }
}
