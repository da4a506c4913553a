package org.asyncio4j.core;

/**
 * Thrown by a future that is asked for something that its state does not allow: a result that it
 * does not have yet, or a second result (asyncio, {@code InvalidStateError}).
 */
public final class InvalidStateException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what must hold, what was found, what to do
   */
  public InvalidStateException(String message) {
    super(message);
  }
}
