package org.asyncio4j.sync;

/** Thrown when a method that does not wait finds an empty queue (asyncio: QueueEmpty). */
public final class QueueEmptyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QueueEmptyException(String message) {
    super(message);
  }
}
