package org.asyncio4j.tck.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Verdict;

/** One line for each loop: how many rules it keeps, of how many, on which engines. */
final class Totals {

  private static final int MOST_NAMES = 10;

  private final List<RuleResult> results;
  private final boolean isPartial;

  Totals(List<RuleResult> results, boolean isPartial) {
    this.results = results;
    this.isPartial = isPartial;
  }

  List<String> lines() {
    Map<String, List<RuleResult>> loops =
        results.stream()
            .collect(
                groupingBy(
                    result -> result.subject().provider().name(), LinkedHashMap::new, toList()));
    return loops.entrySet().stream()
        .map(loop -> "%s: %s".formatted(loop.getKey(), line(loop.getValue())))
        .toList();
  }

  private String line(List<RuleResult> ofLoop) {
    Map<RuleId, List<Verdict>> verdicts = new TreeMap<>();
    for (RuleResult result : ofLoop) {
      verdicts.computeIfAbsent(result.rule().id(), _ -> new ArrayList<>()).add(result.verdict());
    }
    List<RuleId> applicable = having(verdicts, verdict -> verdict != Verdict.NOT_APPLICABLE);
    List<RuleId> broken = having(verdicts, Verdict::isViolation);
    List<RuleId> deviating = having(verdicts, verdict -> verdict == Verdict.DEVIATION);
    long kept =
        applicable.stream().filter(id -> !broken.contains(id) && !deviating.contains(id)).count();
    String text =
        "%s %d of %d rules on %s"
            .formatted(conclusion(broken.isEmpty()), kept, applicable.size(), engines(ofLoop));
    int inapplicable = verdicts.size() - applicable.size();
    return text
        + named("broken", broken)
        + named("deviates", deviating)
        + named("flaky", having(verdicts, verdict -> verdict == Verdict.FLAKY))
        + named("advice", having(verdicts, verdict -> verdict == Verdict.ADVICE))
        + (inapplicable == 0 ? "" : "; %d do not apply".formatted(inapplicable));
  }

  private String conclusion(boolean isUnbroken) {
    if (!isUnbroken) {
      return "does not conform: keeps";
    }
    return isPartial ? "keeps" : "conforms: keeps";
  }

  private static List<RuleId> having(
      Map<RuleId, List<Verdict>> verdicts, Predicate<Verdict> wanted) {
    return verdicts.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(wanted))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String named(String what, Collection<RuleId> rules) {
    if (rules.isEmpty()) {
      return "";
    }
    String names = rules.stream().limit(MOST_NAMES).map(RuleId::toString).collect(joining(", "));
    int more = rules.size() - MOST_NAMES;
    return "; %s: %s%s".formatted(what, names, more > 0 ? " and %d more".formatted(more) : "");
  }

  private static String engines(List<RuleResult> ofLoop) {
    return ofLoop.stream()
        .map(result -> result.subject().engine().name().toLowerCase(Locale.ROOT))
        .distinct()
        .collect(joining(" and "));
  }
}
