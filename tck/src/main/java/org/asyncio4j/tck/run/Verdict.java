package org.asyncio4j.tck.run;

import java.util.Locale;

/** The outcome of a rule. */
public enum Verdict {
  /** The loop keeps the rule. */
  PASSED,

  /** The loop breaks the rule. */
  FAILED,

  /** The rule did not end within its limit; the suite continued without it. */
  HANG,

  /** The process of the loop ended while the rule ran. */
  CRASHED,

  /**
   * The rule failed once, while other programs took the machine, and passed when it was repeated.
   */
  FLAKY,

  /** The loop breaks a rule that it should keep, but need not. */
  ADVICE,

  /** The rule does not apply to this loop. */
  NOT_APPLICABLE,

  /** The loop breaks the rule, and its author has declared that. */
  DEVIATION,

  /** The kit itself is at fault. */
  KIT_BUG;

  /** {@return whether the loop, or the kit, needs to be fixed} */
  public boolean isViolation() {
    return this == FAILED || this == HANG || this == CRASHED || this == KIT_BUG;
  }

  /** {@return the verdict in plain words} */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
