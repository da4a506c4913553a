package org.asyncio4j.tck.run;

import java.time.Duration;
import java.util.Optional;

/**
 * The outcome of a rule on a loop.
 *
 * @param rule the rule
 * @param subject the loop
 * @param verdict the outcome
 * @param message why; empty if the rule passed without remarks
 * @param thrown what the rule threw
 * @param took how long it ran
 */
public record RuleResult(
    RuleCase rule,
    Subject subject,
    Verdict verdict,
    String message,
    Optional<Throwable> thrown,
    Duration took) {

  RuleResult withVerdict(Verdict changed, String because) {
    return new RuleResult(rule, subject, changed, because, thrown, took);
  }
}
