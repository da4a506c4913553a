package org.asyncio4j.sync;

/** Something was asked of an empty queue by a method that does not wait (asyncio: QueueEmpty). */
public final class QueueEmptyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QueueEmptyException(String message) {
    super(message);
  }
}
