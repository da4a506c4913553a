package org.asyncio4j.sync;

/**
 * Something was to be put into a queue that was shut down, or taken from one that was and is empty
 * (asyncio, 3.13: QueueShutDown).
 */
public final class QueueShutDownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QueueShutDownException(String message) {
    super(message);
  }
}
