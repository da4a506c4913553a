package org.asyncio4j.tck.spec;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.spec.SpecRule.Strength;

/** All rules of SPEC.md, parsed from the document itself, which the spi jar contains. */
public final class RuleCatalog {

  private static final String RESOURCE = "/META-INF/asyncio4j/SPEC.md";
  private static final int FINGERPRINT_DIGITS = 16;
  private static final Pattern RULE =
      Pattern.compile("\\| <a name=\"([\\d.]+)\">([\\d.]+)</a> \\| ([A-Z]+)(.*?) \\| (.+) \\|");
  private static final Pattern ROW = Pattern.compile("\\| <a name=\"\\d.*");
  private static final Pattern INTENT = Pattern.compile("\\| intent \\| (.+) \\|");

  private final Map<RuleId, SpecRule> rules;

  private RuleCatalog(Map<RuleId, SpecRule> rules) {
    this.rules = rules;
  }

  /** {@return the catalog of the spi module that is in use} */
  public static RuleCatalog load() {
    try (InputStream in = EventLoopProvider.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            "cannot read the rules: the spi module has no %s; rebuild it".formatted(RESOURCE));
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Reads rules.
   *
   * @param lines those of a document like SPEC.md
   * @return the catalog
   * @throws IllegalArgumentException if a rule is malformed
   */
  public static RuleCatalog parse(List<String> lines) {
    Map<RuleId, SpecRule> rules = new TreeMap<>();
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index);
      if (!ROW.matcher(line).matches()) {
        continue;
      }
      String next = index + 1 < lines.size() ? lines.get(index + 1) : "";
      SpecRule rule = rule(line, next);
      if (rules.put(rule.id(), rule) != null) {
        throw malformed(line, "a rule number must not be used twice: %s");
      }
    }
    return new RuleCatalog(rules);
  }

  /** {@return all rules, in the order of their numbers} */
  public Collection<SpecRule> rules() {
    return List.copyOf(rules.values());
  }

  /** {@return the numbers of the rules that a test can judge, in order} */
  public List<RuleId> executable() {
    return rules.values().stream()
        .filter(rule -> rule.strength() != Strength.UNTESTABLE)
        .map(SpecRule::id)
        .toList();
  }

  /**
   * Looks up a rule.
   *
   * @param id its number
   * @return the rule, if the document has it
   */
  public Optional<SpecRule> find(RuleId id) {
    return Optional.ofNullable(rules.get(id));
  }

  /**
   * Identifies these rules: a change of a number, a strength or a fact changes the fingerprint.
   *
   * @return 16 hexadecimal digits
   */
  public String fingerprint() {
    String text =
        rules.values().stream()
            .map(rule -> "%s %s %s".formatted(rule.id(), rule.strength(), rule.text()))
            .collect(joining("\n"));
    return Sha256.of(text).substring(0, FINGERPRINT_DIGITS);
  }

  private static SpecRule rule(String line, String next) {
    Matcher row = RULE.matcher(line);
    Matcher intent = INTENT.matcher(next);
    if (!row.matches() || !row.group(1).equals(row.group(2))) {
      throw malformed(line, "a rule's row must hold an anchor, a strength and a fact: %s");
    }
    if (!intent.matches()) {
      throw malformed(line, "a rule must be followed by its intent: %s");
    }
    return new SpecRule(
        RuleId.of(row.group(1)), Strength.valueOf(row.group(3)), row.group(5), intent.group(1));
  }

  private static IllegalArgumentException malformed(String line, String message) {
    return new IllegalArgumentException("SPEC.md: " + message.formatted(line));
  }
}
