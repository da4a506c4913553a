package org.asyncio4j.tck.probe;

import org.jspecify.annotations.Nullable;

/** Thrown by a rule that the loop breaks. */
public final class RuleViolation extends AssertionError {

  private static final long serialVersionUID = 1L;

  /**
   * Creates a violation.
   *
   * @param message what must hold and what was found
   */
  public RuleViolation(String message) {
    super(message);
  }

  /**
   * Creates a violation with a cause.
   *
   * @param message what must hold and what was found
   * @param cause what was thrown
   */
  public RuleViolation(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
