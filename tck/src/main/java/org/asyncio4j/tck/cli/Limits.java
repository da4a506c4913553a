package org.asyncio4j.tck.cli;

import java.time.Duration;
import java.util.Optional;
import org.asyncio4j.tck.run.Gap;
import org.asyncio4j.tck.run.RuleResult;

/** Ends a run early: after a time, or after a number of violations. */
final class Limits {

  private final long deadline;
  private final Duration time;
  private final int violations;
  private int found;

  Limits(Duration time, int violations) {
    this.time = time;
    this.violations = violations;
    this.deadline = System.nanoTime() + time.toNanos();
  }

  void count(RuleResult result) {
    if (result.verdict().isViolation()) {
      found++;
    }
  }

  /** {@return why no further rule may run} */
  Optional<Gap> reached(int rulesLeft) {
    String what = "%d rules".formatted(rulesLeft);
    if (found >= violations) {
      return Optional.of(
          new Gap(what, "the run ended after %d violations (--fail-fast)".formatted(found)));
    }
    return System.nanoTime() - deadline < 0
        ? Optional.empty()
        : Optional.of(new Gap(what, "the time limit of %s has passed".formatted(time)));
  }
}
