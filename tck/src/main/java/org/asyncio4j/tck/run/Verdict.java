package org.asyncio4j.tck.run;

/** What became of a rule. */
public enum Verdict {
  /** The loop keeps the rule. */
  PASSED,

  /** The loop breaks the rule. */
  FAILED,

  /** The rule did not end within its limit; the suite went on without it. */
  HANG,

  /** The rule cannot be asked of this loop. */
  NOT_APPLICABLE,

  /** The loop breaks the rule, and its author said so beforehand. */
  DEVIATION,

  /** The kit itself is at fault. */
  KIT_BUG;

  /** {@return whether a loop, or the kit, has something to mend} */
  public boolean isViolation() {
    return this == FAILED || this == HANG || this == KIT_BUG;
  }
}
