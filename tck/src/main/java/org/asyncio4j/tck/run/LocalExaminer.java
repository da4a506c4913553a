package org.asyncio4j.tck.run;

import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.probe.FairClock;

/** Runs rules in this process. */
public final class LocalExaminer implements Examiner {

  private static final int MORE_PATIENCE = 4;
  // A loop that breaks everything must not cost twice the time.
  private static final int MOST_REPETITIONS = 20;

  private final RuleRunner runner;
  private final RuleRunner patient;
  private final Preflight preflight;
  private final AtomicInteger repetitions = new AtomicInteger();

  /**
   * Creates an examiner.
   *
   * @param settings the limits
   */
  public LocalExaminer(TckSettings settings) {
    this.runner = new RuleRunner(settings);
    this.patient =
        new RuleRunner(
            settings
                .withRuleLimit(settings.ruleLimit().multipliedBy(MORE_PATIENCE))
                .withPatience(settings.patience().multipliedBy(MORE_PATIENCE))
                .withLeakLimit(settings.leakLimit().multipliedBy(MORE_PATIENCE)));
    this.preflight = new Preflight(settings);
  }

  @Override
  public Readiness readiness(Subject subject) {
    return preflight.of(subject);
  }

  @Override
  public RuleResult examine(RuleCase rule, Subject subject) {
    FairClock.Stretch stretch = new FairClock.Stretch();
    RuleResult first = runner.run(rule, subject);
    if (!first.verdict().isViolation() || repetitions.incrementAndGet() > MOST_REPETITIONS) {
      return first;
    }
    boolean busy = stretch.wasBusy();
    RuleResult second = patient.run(rule, subject);
    return second.verdict().isViolation() ? first : changed(first, second, busy);
  }

  // On a quiet machine, a loop whose behaviour changes is at fault itself.
  static RuleResult changed(RuleResult first, RuleResult second, boolean busy) {
    return busy
        ? second.withVerdict(
            Verdict.FLAKY,
            "failed once, while other programs took the machine, and passed when repeated: "
                + first.message())
        : first.withVerdict(
            first.verdict(),
            first.message()
                + "%n  It passed when it was repeated, but the machine was not busy.".formatted());
  }

  @Override
  public void close() {}
}
