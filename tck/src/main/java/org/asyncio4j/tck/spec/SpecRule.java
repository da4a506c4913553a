package org.asyncio4j.tck.spec;

import org.asyncio4j.tck.kit.RuleId;

/**
 * A rule as SPEC.md states it.
 *
 * @param id its number
 * @param strength how binding it is
 * @param text the fact
 * @param intent the reason for it
 */
public record SpecRule(RuleId id, Strength strength, String text, String intent) {

  /** How binding a rule is, in the words of RFC 2119. */
  public enum Strength {
    /** Every loop must keep the rule. */
    MUST,
    /** A loop keeps the rule unless it has a good reason, which it documents. */
    SHOULD,
    /** A loop may keep the rule, which says what holds if it does. */
    MAY,
    /** Every loop must keep the rule, but no test can observe that from outside. */
    UNTESTABLE
  }
}
