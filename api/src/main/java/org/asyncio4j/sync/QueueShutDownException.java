package org.asyncio4j.sync;

/**
 * Thrown when an item is put into a queue that is shut down, or taken from one that is shut down
 * and empty (asyncio, 3.13: QueueShutDown).
 */
public final class QueueShutDownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QueueShutDownException(String message) {
    super(message);
  }
}
