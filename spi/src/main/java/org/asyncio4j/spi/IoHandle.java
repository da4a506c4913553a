package org.asyncio4j.spi;

/**
 * A reusable callback of a loop's own code, which {@code poll} queues each time that a socket is
 * ready (asyncio, {@code _add_callback}). Created by {@link BaseEventLoop#newIoHandle}.
 */
public interface IoHandle {

  /** Queues the callback; does nothing if it is already queued. May be called from {@code poll}. */
  void queue();

  /** Prevents the callback from running until it is queued again. */
  void cancel();
}
