package org.asyncio4j.tck.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.run.Readiness.Absent;
import org.asyncio4j.tck.run.Readiness.Ready;
import org.asyncio4j.tck.run.Readiness.Unopenable;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.asyncio4j.tck.spec.SpecRule.Strength;

/** Judges one loop: runs rules, and weighs what they show. */
public final class ConformanceRun {

  private static final RuleId OPENING = RuleId.of("1.2");

  private final Examiner examiner;
  private final RuleCatalog catalog;
  private final Deviations deviations;
  private final Map<Subject, Readiness> readiness = new ConcurrentHashMap<>();

  /**
   * Creates a run.
   *
   * @param examiner runs the rules
   * @param catalog the rules, with their strength
   * @param chapters all chapters
   * @param deviations the deviations that the loop's author declared
   * @throws IllegalArgumentException if a deviation names a rule that does not exist, or is
   *     declared twice
   */
  public ConformanceRun(
      Examiner examiner, RuleCatalog catalog, List<Chapter> chapters, List<Deviation> deviations) {
    this.examiner = examiner;
    this.catalog = catalog;
    this.deviations = new Deviations(deviations, chapters);
  }

  /**
   * Returns why a loop, or most of it, cannot be judged.
   *
   * @param subject the loop, which is opened once
   * @return the reason, or empty if all rules can run
   */
  public Optional<Gap> gap(Subject subject) {
    return switch (readiness(subject)) {
      case Ready() -> Optional.empty();
      case Absent(String reason) -> Optional.of(new Gap(subject.label(), reason));
      case Unopenable(String reason) ->
          Optional.of(
              new Gap(subject.label(), "no rule but %s, because %s".formatted(OPENING, reason)));
    };
  }

  /**
   * Returns whether a rule can run.
   *
   * @param rule the rule
   * @param subject the loop
   * @return true, unless there is a {@linkplain #gap gap}; the rule about opening can run on a loop
   *     that does not open
   */
  public boolean canJudge(RuleCase rule, Subject subject) {
    return switch (readiness(subject)) {
      case Ready() -> true;
      case Absent(String _) -> false;
      case Unopenable(String _) -> rule.id().equals(OPENING);
    };
  }

  /**
   * Runs a rule.
   *
   * @param rule the rule
   * @param subject the loop
   * @return the outcome
   */
  public RuleResult judge(RuleCase rule, Subject subject) {
    RuleResult result = examiner.examine(rule, subject);
    boolean isAdvice =
        catalog.find(rule.id()).filter(it -> it.strength() == Strength.SHOULD).isPresent()
            && result.verdict().isViolation()
            && result.verdict() != Verdict.KIT_BUG;
    return deviations.excuse(
        isAdvice ? result.withVerdict(Verdict.ADVICE, result.message()) : result);
  }

  /**
   * Returns the declared deviations that are out of date.
   *
   * @return those from rules that were judged and never broken
   */
  public Collection<Deviation> stale() {
    return deviations.stale();
  }

  private Readiness readiness(Subject subject) {
    return readiness.computeIfAbsent(subject, examiner::readiness);
  }
}
