package org.asyncio4j.tck.kit;

import static java.util.Objects.requireNonNull;

/**
 * A rule that a loop is known to break. The rule still runs; when it fails, the report shows the
 * deviation with its reason and link instead of a violation.
 *
 * @param rule the rule
 * @param reason why the loop deviates, in a sentence for its users
 * @param link where the deviation is tracked, for instance an issue
 */
public record Deviation(RuleId rule, String reason, String link) {

  /** Checks the components. */
  public Deviation {
    requireNonNull(rule, "rule");
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "reason of the deviation from rule %s must not be blank".formatted(rule));
    }
    if (link.isBlank()) {
      throw new IllegalArgumentException(
          "link of the deviation from rule %s must not be blank".formatted(rule));
    }
  }

  /**
   * Declares a deviation.
   *
   * @param rule the rule's number, for instance {@code 2.3}
   * @param reason why the loop deviates
   * @param link where the deviation is tracked
   * @return the declaration
   */
  public static Deviation of(String rule, String reason, String link) {
    return new Deviation(RuleId.of(rule), reason, link);
  }
}
