package org.asyncio4j.sync;

/** Thrown when a method that does not wait finds a full queue (asyncio: QueueFull). */
public final class QueueFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QueueFullException(String message) {
    super(message);
  }
}
