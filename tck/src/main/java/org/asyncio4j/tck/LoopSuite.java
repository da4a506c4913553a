package org.asyncio4j.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.report.ConformanceReport;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.Chapter;
import org.asyncio4j.tck.run.ConformanceRun;
import org.asyncio4j.tck.run.Explanation;
import org.asyncio4j.tck.run.Gap;
import org.asyncio4j.tck.run.LocalExaminer;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/**
 * The rules as JUnit's dynamic tests: one container per loop, in it one per chapter, in it the
 * rules.
 */
final class LoopSuite {

  private final List<Chapter> chapters;
  private final RuleCatalog catalog = RuleCatalog.load();
  private final ConformanceReport report = new ConformanceReport(catalog);
  private final Explanation explanation = new Explanation(catalog);
  private final TckSettings settings;

  LoopSuite(TckSettings settings) {
    this.settings = settings;
    this.chapters = Chapters.of(settings);
  }

  DynamicNode failure(Gap gap) {
    return DynamicTest.dynamicTest(gap.what(), () -> reportAndFail(gap));
  }

  DynamicNode absence(EventLoopProvider provider, String reason) {
    return DynamicTest.dynamicTest(
        provider.name() + " is available",
        () -> {
          report.remark("%s: left out: not available: %s".formatted(provider.name(), reason));
          throw new TestAbortedException("not available: " + reason);
        });
  }

  Stream<DynamicNode> nodes(
      EventLoopProvider provider, List<Deviation> deviations, Optional<CoroutineMode> engine) {
    ConformanceRun run =
        new ConformanceRun(new LocalExaminer(settings), catalog, chapters, deviations);
    Stream<DynamicNode> loops =
        Subject.of(provider, engine).stream()
            .filter(subject -> !subject.used() || settings.faults().isEmpty())
            .filter(subject -> chapters.stream().anyMatch(chapter -> chapter.appliesTo(subject)))
            .map(subject -> loop(run, subject));
    return Stream.concat(
        loops,
        Stream.of(
            DynamicTest.dynamicTest(
                "declared deviations are up to date", () -> refuseStale(run.stale()))));
  }

  void writeReport() {
    try {
      report.writeTo(settings.reportDirectory());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private DynamicNode loop(ConformanceRun run, Subject subject) {
    DynamicNode judged =
        DynamicTest.dynamicTest(
            "can be judged", () -> run.gap(subject).ifPresent(this::reportAndFail));
    Stream<DynamicNode> parts =
        chapters.stream()
            .filter(chapter -> chapter.appliesTo(subject))
            .map(chapter -> chapter(run, subject, chapter));
    return DynamicContainer.dynamicContainer(
        subject.label(), Stream.concat(Stream.of(judged), parts));
  }

  private void reportAndFail(Gap gap) {
    report.add(gap);
    throw new AssertionError(gap.toString());
  }

  private void refuseStale(Collection<Deviation> stale) {
    stale.forEach(report::add);
    if (!stale.isEmpty()) {
      throw new AssertionError(
          "the loop keeps these rules, from which it declares to deviate; remove the declarations: "
              + stale);
    }
  }

  private DynamicNode chapter(ConformanceRun run, Subject subject, Chapter chapter) {
    return DynamicContainer.dynamicContainer(
        chapter.heading(),
        chapter.rules().stream()
            .filter(rule -> run.canJudge(rule, subject))
            .map(rule -> test(run, subject, rule)));
  }

  private DynamicNode test(ConformanceRun run, Subject subject, RuleCase rule) {
    return DynamicTest.dynamicTest(
        rule.title(),
        () -> {
          RuleResult result = run.judge(rule, subject);
          report.add(result);
          conclude(result);
        });
  }

  private void conclude(RuleResult result) {
    switch (result.verdict()) {
      case PASSED -> {}
      case FLAKY -> throw new TestAbortedException("flaky: " + explanation.of(result));
      case ADVICE -> throw new TestAbortedException("advice: " + explanation.of(result));
      case NOT_APPLICABLE -> throw new TestAbortedException("not applicable: " + result.message());
      case DEVIATION -> throw new TestAbortedException("declared deviation: " + result.message());
      case FAILED, HANG, CRASHED, KIT_BUG ->
          throw new AssertionError(explanation.of(result), result.thrown().orElse(null));
    }
  }
}
