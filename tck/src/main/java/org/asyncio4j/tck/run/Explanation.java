package org.asyncio4j.tck.run;

import java.util.Optional;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.asyncio4j.tck.spec.SpecRule;

/** What an author needs to understand a verdict, in the verdict itself. */
public final class Explanation {

  private final RuleCatalog catalog;

  /**
   * Creates an explanation.
   *
   * @param catalog the rules
   */
  public Explanation(RuleCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Explains a verdict: what was seen, then the rule, its intent, where to find it, and what to
   * look at; for a hang, then the stacks.
   *
   * @param result the outcome
   * @return several lines
   */
  public String of(RuleResult result) {
    String[] seen = result.message().split("\\R", 2);
    StringBuilder text = new StringBuilder(seen[0]).append(System.lineSeparator());
    catalog.find(result.rule().id()).ifPresent(rule -> appendRule(text, rule));
    hint(result.rule()).ifPresent(hint -> append(text, "hint", hint));
    return seen.length == 1 ? text.toString() : text.append(seen[1]).toString();
  }

  private static void appendRule(StringBuilder text, SpecRule rule) {
    append(text, "rule", "%s, %s: %s".formatted(rule.id(), rule.strength(), rule.text()));
    append(text, "intent", rule.intent());
    append(text, "link", "SPEC.md#" + rule.id());
  }

  private static void append(StringBuilder text, String name, String content) {
    text.append("  %-7s %s%n".formatted(name + ":", content));
  }

  private static Optional<String> hint(RuleCase rule) {
    return Optional.ofNullable(rule.method().getAnnotation(Hint.class)).map(Hint::value);
  }
}
