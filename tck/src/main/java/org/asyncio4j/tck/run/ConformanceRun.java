package org.asyncio4j.tck.run;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.kit.TckSettings;

/** Runs the rules on one loop, and applies the deviations that its author declared. */
public final class ConformanceRun {

  private final RuleRunner runner;
  private final Trial trial;
  private final Map<RuleId, Deviation> deviations;
  private final Map<Subject, Optional<String>> obstacles = new ConcurrentHashMap<>();

  /**
   * Creates a run.
   *
   * @param settings the limits
   * @param chapters all chapters
   * @param deviations the deviations that the loop's author declared
   * @throws IllegalArgumentException if a deviation names a rule that does not exist, or is
   *     declared twice
   */
  public ConformanceRun(TckSettings settings, List<Chapter> chapters, List<Deviation> deviations) {
    this.runner = new RuleRunner(settings);
    this.trial = new Trial(settings);
    this.deviations = byRule(deviations);
    List<RuleId> known =
        chapters.stream().flatMap(chapter -> chapter.rules().stream()).map(RuleCase::id).toList();
    for (RuleId rule : this.deviations.keySet()) {
      if (!known.contains(rule)) {
        throw new IllegalArgumentException("a deviation must name a rule of the kit: " + rule);
      }
    }
  }

  /**
   * Runs a rule.
   *
   * @param rule the rule
   * @param subject the loop
   * @return the outcome
   */
  public RuleResult run(RuleCase rule, Subject subject) {
    Optional<String> obstacle = obstacles.computeIfAbsent(subject, this::obstacle);
    if (obstacle.isPresent()) {
      return new RuleResult(
          rule, subject, Verdict.NOT_APPLICABLE, obstacle.get(), Optional.empty(), Duration.ZERO);
    }
    RuleResult result = runner.run(rule, subject);
    Deviation deviation = deviations.get(rule.id());
    return deviation == null ? result : excuse(result, deviation);
  }

  private static RuleResult excuse(RuleResult result, Deviation deviation) {
    return switch (result.verdict()) {
      case FAILED, HANG ->
          result.withVerdict(
              Verdict.DEVIATION, "%s (%s)".formatted(deviation.reason(), deviation.link()));
      case PASSED ->
          result.withVerdict(
              Verdict.PASSED,
              "a deviation is declared but the loop keeps the rule; remove the declaration");
      case NOT_APPLICABLE, DEVIATION, KIT_BUG -> result;
    };
  }

  private Optional<String> obstacle(Subject subject) {
    return switch (subject.provider().availability()) {
      case Availability.Unavailable(String reason) -> Optional.of("not available: " + reason);
      case Availability.Available() -> trial.obstacle(subject);
    };
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
                }));
  }
}
