package org.asyncio4j.tck.probe;

/** Thrown by a rule that does not apply to this loop or this machine. */
public final class NotApplicableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param reason why the rule does not apply, in a few words
   */
  public NotApplicableException(String reason) {
    super(reason);
  }
}
