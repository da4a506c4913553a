package org.asyncio4j.tck.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.report.ConformanceReport;
import org.asyncio4j.tck.run.Chapter;
import org.asyncio4j.tck.run.ConformanceRun;
import org.asyncio4j.tck.run.Examiner;
import org.asyncio4j.tck.run.Gap;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;
import org.asyncio4j.tck.spec.RuleCatalog;

/** A run over loops, engines and rules. */
final class Session {

  private final RuleCatalog catalog;
  private final List<Chapter> chapters;
  private final List<Deviation> deviations;
  private final ConformanceReport report;
  private final Limits limits;
  private final Progress progress;

  Session(
      RuleCatalog catalog,
      List<Chapter> chapters,
      List<Deviation> deviations,
      ConformanceReport report,
      Limits limits,
      Progress progress) {
    this.catalog = catalog;
    this.chapters = chapters;
    this.deviations = deviations;
    this.report = report;
    this.limits = limits;
    this.progress = progress;
  }

  /** Judges a loop in each of the given ways. */
  void judge(Examiner examiner, Map<Subject, List<RuleCase>> plan, int repetitions) {
    ConformanceRun run = new ConformanceRun(examiner, catalog, chapters, deviations);
    for (int time = 0; time < repetitions; time++) {
      plan.forEach((subject, rules) -> judge(run, subject, rules));
    }
    run.stale().forEach(report::add);
  }

  private void judge(ConformanceRun run, Subject subject, List<RuleCase> rules) {
    run.gap(subject).ifPresent(report::add);
    List<RuleCase> possible = rules.stream().filter(it -> run.canJudge(it, subject)).toList();
    for (int index = 0; index < possible.size(); index++) {
      Optional<Gap> end = limits.reached(possible.size() - index);
      if (end.isPresent()) {
        report.add(
            new Gap("%s of %s".formatted(end.get().what(), subject.label()), end.get().reason()));
        return;
      }
      RuleResult result = run.judge(possible.get(index), subject);
      report.add(result);
      limits.count(result);
      progress.show(result);
    }
  }

  /** {@return whether a loop that nobody asked for by name has to be left out} */
  static Optional<String> absence(EventLoopProvider provider) {
    return provider.availability() instanceof Availability.Unavailable(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }
}
