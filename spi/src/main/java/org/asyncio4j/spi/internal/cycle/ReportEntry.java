package org.asyncio4j.spi.internal.cycle;

import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;

/** Moves a report from the thread that carries the fibers into a fiber. */
final class ReportEntry extends ReadyEntry {

  private final EventLoop loop;
  private final ErrorReport report;

  ReportEntry(EventLoop loop, ErrorReport report) {
    this.loop = loop;
    this.report = report;
  }

  @Override
  public void run() {
    loop.callExceptionHandler(report);
  }

  @Override
  public String toString() {
    return "<Handle reports: " + report.message() + ">";
  }
}
