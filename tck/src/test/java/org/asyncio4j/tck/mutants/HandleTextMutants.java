package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.LoopContext;

/** Chapter 2: what handles are called. */
final class HandleTextMutants {

  private HandleTextMutants() {}

  @Mutant(rule = "2.31", also = "2.6")
  static EventLoop callsHandlesByTheirOwnClass(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public Handle callSoon(Runnable callback) {
        Handle handle = super.callSoon(callback);
        return Altered.of(
            Handle.class, handle, Map.of("toString", _ -> "IoHandle@" + handle.hashCode()));
      }
    };
  }

  @Mutant(rule = "2.31")
  static EventLoop forgetsTheNamesOfTimersThatHaveRun(LoopContext context) {
    return new CorrectLoop(context) {
      private int polls;

      @Override
      protected void poll(long waitNanos) throws IOException {
        polls++;
        super.poll(waitNanos);
      }

      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        int before = polls;
        TimerHandle handle = super.callAt(when, callback);
        return Altered.of(
            TimerHandle.class,
            handle,
            Map.of(
                "toString",
                _ ->
                    polls > before && !handle.isCancelled() ? "<Handle done>" : handle.toString()));
      }
    };
  }

  @Mutant(rule = "2.32")
  static EventLoop reportsWithoutANameOfTheCallback(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public void callExceptionHandler(ErrorReport report) {
        ErrorReport nameless =
            ErrorReport.of("Exception in callback")
                .withException(report.exception().orElse(null))
                .withHandle(report.handle().orElse(null));
        super.callExceptionHandler(nameless);
      }
    };
  }

  @Mutant(rule = "2.32", also = "2.31")
  static EventLoop letsTheTextOfATimerThrow(LoopContext context) {
    return new CorrectLoop(context) {
      @Override
      public TimerHandle callAt(long when, Runnable callback) {
        Objects.requireNonNull(callback);
        return super.callAt(
            when,
            () -> {
              try {
                callback.run();
              } catch (RuntimeException failure) {
                callExceptionHandler(
                    ErrorReport.of("Exception in callback " + callback).withException(failure));
              }
            });
      }
    };
  }
}
