package org.asyncio4j.core;

/**
 * Hears of what went wrong where nobody waits for it; see {@link EventLoop#setExceptionHandler}.
 */
@FunctionalInterface
public interface ExceptionHandler {

  /**
   * Called on the loop's thread, in the context of the handle or task that the report is about.
   *
   * @param loop the loop that reports
   * @param report what happened
   */
  void handle(EventLoop loop, ErrorReport report);
}
