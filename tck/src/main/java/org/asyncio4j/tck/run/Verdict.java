package org.asyncio4j.tck.run;

/** The outcome of a rule. */
public enum Verdict {
  /** The loop keeps the rule. */
  PASSED,

  /** The loop breaks the rule. */
  FAILED,

  /** The rule did not end within its limit; the suite continued without it. */
  HANG,

  /** The rule does not apply to this loop. */
  NOT_APPLICABLE,

  /** The loop breaks the rule, and its author has declared that. */
  DEVIATION,

  /** The kit itself is at fault. */
  KIT_BUG;

  /** {@return whether the loop, or the kit, needs to be fixed} */
  public boolean isViolation() {
    return this == FAILED || this == HANG || this == KIT_BUG;
  }
}
