package org.asyncio4j.spi.internal.cycle;

import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ExceptionHandler;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/** Passes reports to the exception handler, and logs failures of the handler itself. */
public final class ErrorReporter {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");

  private final EventLoop loop;
  private @Nullable ExceptionHandler handler;

  public ErrorReporter(EventLoop loop) {
    this.loop = loop;
  }

  public void setHandler(@Nullable ExceptionHandler changed) {
    handler = changed;
  }

  public @Nullable ExceptionHandler handler() {
    return handler;
  }

  /** Calls the exception handler. Never throws. */
  public void report(ErrorReport report) {
    ExceptionHandler chosen = handler;
    try {
      if (chosen == null) {
        loop.defaultExceptionHandler(report);
      } else {
        chosen.handle(loop, report);
      }
    } catch (Throwable thrown) {
      reportFailureOfHandler(report, thrown);
    }
  }

  public static void log(ErrorReport report) {
    StringBuilder text = new StringBuilder(report.message());
    report.handle().ifPresent(handle -> text.append("\nhandle: ").append(Described.object(handle)));
    report.future().ifPresent(future -> text.append("\nfuture: ").append(Described.object(future)));
    report
        .protocol()
        .ifPresent(protocol -> text.append("\nprotocol: ").append(Described.object(protocol)));
    report
        .transport()
        .ifPresent(transport -> text.append("\ntransport: ").append(Described.object(transport)));
    report
        .address()
        .ifPresent(address -> text.append("\naddress: ").append(Described.object(address)));
    report
        .createdAt()
        .ifPresent(trace -> {
          text.append("\ncreated at:");
          for (StackTraceElement frame : trace.getStackTrace()) {
            text.append("\n\tat ").append(frame);
          }
        });
    LOGGER.log(System.Logger.Level.ERROR, text.toString(), report.exception().orElse(null));
  }

  private void reportFailureOfHandler(ErrorReport report, Throwable thrown) {
    report.exception().ifPresent(original -> addSuppressed(thrown, original));
    ErrorReport failure =
        ErrorReport.of(
                "Unhandled error in exception handler, while it handled: " + report.message())
            .withException(thrown);
    try {
      loop.defaultExceptionHandler(failure);
    } catch (Throwable again) {
      log(failure);
      log(ErrorReport.of("Unhandled error in the default exception handler").withException(again));
    }
  }

  private static void addSuppressed(Throwable thrown, Throwable original) {
    if (thrown != original) {
      thrown.addSuppressed(original);
    }
  }
}
