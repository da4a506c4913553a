package org.asyncio4j.sync;

/**
 * Something was to be put into a full queue by a method that does not wait (asyncio: QueueFull).
 */
public final class QueueFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QueueFullException(String message) {
    super(message);
  }
}
