package org.asyncio4j.spi.internal.cycle;

import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.internal.describe.Described;

/**
 * Moves an exception of an entry from the thread that carries the fibers into a fiber, to report it
 * there: a report calls {@code toString} of user objects.
 */
final class FailureEntry extends ReadyEntry {

  private final EventLoop loop;
  private final ReadyEntry failed;
  private final Throwable thrown;

  FailureEntry(EventLoop loop, ReadyEntry failed, Throwable thrown) {
    this.loop = loop;
    this.failed = failed;
    this.thrown = thrown;
  }

  /** Returns the report of an exception that an entry has thrown. Called only in a fiber. */
  static ErrorReport reportOf(ReadyEntry failed, Throwable thrown) {
    ErrorReport report =
        ErrorReport.of("Exception in callback " + Described.object(failed)).withException(thrown);
    return failed instanceof CallbackHandle handle
        ? report.withHandle((Handle) handle).withCreatedAt(handle.createdAt())
        : report;
  }

  @Override
  public void run() {
    loop.callExceptionHandler(reportOf(failed, thrown));
  }

  @Override
  public String toString() {
    return "<Handle reports a failure of " + Described.object(failed) + ">";
  }
}
