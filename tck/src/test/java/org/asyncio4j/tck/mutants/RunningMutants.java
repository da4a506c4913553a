package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;

/** Chapter 1: providers, running and stopping. */
final class RunningMutants {

  private RunningMutants() {}

  @Mutant(rule = "1.1")
  static EventLoopProvider hasANameInUpperCase() {
    return new MutantProvider(CorrectLoop::new) {
      @Override
      public String name() {
        return "Mutant";
      }
    };
  }

  @Mutant(rule = "1.2", also = "1.13")
  static EventLoop pretendsToRunAtFirst(LoopContext context) {
    return new CorrectLoop(context) {
      private boolean asked;

      @Override
      public boolean isRunning() {
        boolean first = !asked;
        asked = true;
        return (first && !onLoop()) || super.isRunning();
      }
    };
  }

  @Mutant(rule = "1.4")
  static EventLoop forgetsTheValueOfADoneFuture(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> T runUntilComplete(Future<T> future) {
        return future.isDone() && !(future instanceof Task) ? null : super.runUntilComplete(future);
      }
    };
  }

  @Mutant(rule = "1.5")
  static EventLoop wrapsCheckedExceptions(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> T runUntilComplete(Future<T> future) {
        try {
          return super.runUntilComplete(future);
        } catch (Throwable thrown) {
          throw thrown instanceof IOException ? new CompletionException(thrown) : sneaky(thrown);
        }
      }
    };
  }

  @Mutant(rule = "1.6")
  static EventLoop takesACancellationForAValue(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> T runUntilComplete(Future<T> future) {
        try {
          return super.runUntilComplete(future);
        } catch (CancelledError swallowed) {
          return null;
        }
      }
    };
  }

  @Mutant(rule = "1.7")
  static EventLoop acceptsFuturesOfOtherLoops(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> T runUntilComplete(Future<T> future) {
        return future.loop() == this ? super.runUntilComplete(future) : null;
      }
    };
  }

  @Mutant(rule = "1.8", also = "1.9")
  static EventLoop returnsNothingWhenItIsStopped(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> T runUntilComplete(Future<T> future) {
        try {
          return super.runUntilComplete(future);
        } catch (IllegalStateException refused) {
          if (isRunning() || isClosed()) {
            throw refused;
          }
          return null;
        }
      }
    };
  }

  @Mutant(rule = "1.9")
  static EventLoop leavesItsCallbackOnTheFuture(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public <T> T runUntilComplete(Future<T> future) {
        if (!future.isDone() && future.loop() == this && !isRunning()) {
          future.addDoneCallback(_ -> stop());
        }
        return super.runUntilComplete(future);
      }
    };
  }

  @Mutant(rule = "1.10")
  static EventLoop doesNotRunAtAllAfterStop(LoopContext context) {
    return new CorrectLoop(context) {
      private boolean stopped;

      @Override
      public void stop() {
        if (isRunning()) {
          super.stop();
        } else {
          stopped = true;
        }
      }

      @Override
      public void runForever() {
        if (stopped) {
          stopped = false;
        } else {
          super.runForever();
        }
      }
    };
  }

  @Mutant(rule = "1.11")
  static EventLoop stopsATickLate(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void stop() {
        if (onLoop()) {
          callSoon(super::stop);
        } else {
          super.stop();
        }
      }
    };
  }

  @Mutant(
      rule = "1.12",
      also = {"1.4", "1.9", "1.10", "1.11", "1.13", "1.15", "1.16", "1.19"})
  static EventLoop staysStopped(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void runForever() {
        super.runForever();
        super.stop();
      }
    };
  }

  @Mutant(rule = "1.13")
  static EventLoop pretendsToRunAfterwards(LoopContext context) {
    return new CorrectLoop(context) {
      private boolean ran;

      @Override
      public void runForever() {
        super.runForever();
        ran = true;
      }

      @Override
      public boolean isRunning() {
        return ran || super.isRunning();
      }
    };
  }

  @Mutant(rule = "1.14")
  static EventLoop ignoresThatAnotherThreadRunsIt(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void runForever() {
        if (!isRunning() || onLoop()) {
          super.runForever();
        }
      }
    };
  }

  @Mutant(rule = "1.15")
  static EventLoop ignoresThatALoopRunsHere(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void runForever() {
        if (!onLoop()) {
          super.runForever();
        }
      }
    };
  }

  @Mutant(rule = "1.16", also = "1.5")
  static EventLoop isAWrapperOfTheLoopThatRuns(LoopContext context) {
    return Altered.of(EventLoop.class, new CorrectLoop(context), "none", _ -> null);
  }

  @Mutant(rule = "1.17")
  static EventLoop losesTheInterrupt(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void runForever() {
        super.runForever();
        boolean ignored = Thread.interrupted();
      }
    };
  }

  @Mutant(
      rule = "1.26",
      also = {"1.33", "1.34", "1.35"})
  static EventLoopProvider runsOneLoopAtATime() {
    ReentrantLock shared = new ReentrantLock();
    return new MutantProvider(context ->
        new CorrectLoop(context) {
          @Override
          public void runForever() {
            if (onLoop() || isRunning()) {
              super.runForever();
              return;
            }
            shared.lock();
            try {
              super.runForever();
            } finally {
              shared.unlock();
            }
          }
        });
  }

  @Mutant(rule = "1.27")
  static EventLoop isNeverInDebugMode(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public boolean isDebug() {
        return false;
      }
    };
  }

  @Mutant(rule = "1.28")
  static EventLoopProvider doesWhatItDoesNotDeclare() {
    return new MutantProvider(CorrectLoop::new) {
      @Override
      public Set<Capability> capabilities() {
        return Set.of();
      }
    };
  }

  @SuppressWarnings("unchecked")
  static <X extends Throwable> RuntimeException sneaky(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
