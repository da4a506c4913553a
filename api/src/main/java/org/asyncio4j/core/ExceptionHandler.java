package org.asyncio4j.core;

/** Receives errors that no task receives; see {@link EventLoop#setExceptionHandler}. */
@FunctionalInterface
public interface ExceptionHandler {

  /**
   * Called on the loop's thread, in the context of the handle or task that the report concerns.
   *
   * @param loop the loop that reports
   * @param report what happened
   */
  void handle(EventLoop loop, ErrorReport report);
}
