package org.asyncio4j.core;

/**
 * Thrown when the state of a future does not allow an operation: the future has no result yet, or
 * it already has one (asyncio, {@code InvalidStateError}).
 */
public final class InvalidStateException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the required state, the actual state, and the remedy
   */
  public InvalidStateException(String message) {
    super(message);
  }
}
