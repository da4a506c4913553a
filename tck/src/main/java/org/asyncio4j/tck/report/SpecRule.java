package org.asyncio4j.tck.report;

import org.asyncio4j.tck.kit.RuleId;

/**
 * A rule as SPEC.md states it.
 *
 * @param id its number
 * @param strength how binding it is
 * @param text the fact
 * @param intent why it is so
 */
public record SpecRule(RuleId id, Strength strength, String text, String intent) {

  /** How binding a rule is, in the words of RFC 2119. */
  public enum Strength {
    /** Every loop does so. */
    MUST,
    /** A loop does so unless it has a good reason, which it tells. */
    SHOULD,
    /** A loop may do so; the rule says what holds if it does. */
    MAY,
    /** Every loop does so, but no test can tell from outside. */
    UNTESTABLE
  }
}
