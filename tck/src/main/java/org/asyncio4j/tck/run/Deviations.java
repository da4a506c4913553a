package org.asyncio4j.tck.run;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.kit.RuleId;

/** The deviations that the author of a loop declared, held against what the loop does. */
final class Deviations {

  private final Map<RuleId, Deviation> declared;
  private final Set<RuleId> broken = ConcurrentHashMap.newKeySet();
  private final Set<RuleId> kept = ConcurrentHashMap.newKeySet();

  Deviations(List<Deviation> declared, List<Chapter> chapters) {
    this.declared = byRule(declared);
    List<RuleId> known =
        chapters.stream().flatMap(chapter -> chapter.rules().stream()).map(RuleCase::id).toList();
    for (RuleId rule : this.declared.keySet()) {
      if (!known.contains(rule)) {
        throw new IllegalArgumentException("a deviation must name a rule of the kit: " + rule);
      }
    }
  }

  RuleResult excuse(RuleResult result) {
    RuleId rule = result.rule().id();
    Deviation deviation = declared.get(rule);
    if (deviation == null) {
      return result;
    }
    return switch (result.verdict()) {
      case FAILED, HANG, CRASHED, ADVICE -> {
        broken.add(rule);
        yield result.withVerdict(
            Verdict.DEVIATION, "%s (%s)".formatted(deviation.reason(), deviation.link()));
      }
      case PASSED -> {
        kept.add(rule);
        yield result;
      }
      case FLAKY, NOT_APPLICABLE, DEVIATION, KIT_BUG -> result;
    };
  }

  /** Those from rules that were judged and never broken. */
  Collection<Deviation> stale() {
    return declared.values().stream()
        .filter(deviation -> kept.contains(deviation.rule()))
        .filter(deviation -> !broken.contains(deviation.rule()))
        .toList();
  }

  private static Map<RuleId, Deviation> byRule(List<Deviation> deviations) {
    return deviations.stream()
        .collect(
            toMap(
                Deviation::rule,
                Function.identity(),
                (one, _) -> {
                  throw new IllegalArgumentException(
                      "a deviation must be declared once: rule %s has two".formatted(one.rule()));
                },
                LinkedHashMap::new));
  }
}
