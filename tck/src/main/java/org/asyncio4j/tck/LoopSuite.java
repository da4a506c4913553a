package org.asyncio4j.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.report.ConformanceReport;
import org.asyncio4j.tck.report.RuleCatalog;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.Chapter;
import org.asyncio4j.tck.run.ConformanceRun;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;
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
  private final ConformanceReport report = new ConformanceReport(RuleCatalog.load());
  private final TckSettings settings;

  LoopSuite(TckSettings settings) {
    this.settings = settings;
    this.chapters = Chapters.of(settings);
  }

  Stream<DynamicNode> nodes(EventLoopProvider provider, List<Deviation> deviations) {
    return nodes(provider, deviations, Optional.empty());
  }

  Stream<DynamicNode> nodes(
      EventLoopProvider provider, List<Deviation> deviations, Optional<CoroutineMode> engine) {
    ConformanceRun run = new ConformanceRun(settings, chapters, deviations);
    return Subject.of(provider, engine).stream()
        .filter(subject -> chapters.stream().anyMatch(chapter -> chapter.appliesTo(subject)))
        .map(subject -> loop(run, subject));
  }

  void writeReport() {
    try {
      report.writeTo(settings.reportDirectory());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private DynamicNode loop(ConformanceRun run, Subject subject) {
    return DynamicContainer.dynamicContainer(
        subject.label(),
        chapters.stream()
            .filter(chapter -> chapter.appliesTo(subject))
            .map(chapter -> chapter(run, subject, chapter)));
  }

  private DynamicNode chapter(ConformanceRun run, Subject subject, Chapter chapter) {
    return DynamicContainer.dynamicContainer(
        chapter.heading(), chapter.rules().stream().map(rule -> test(run, subject, rule)));
  }

  private DynamicNode test(ConformanceRun run, Subject subject, RuleCase rule) {
    return DynamicTest.dynamicTest(
        rule.title(),
        () -> {
          RuleResult result = run.run(rule, subject);
          report.add(result);
          conclude(result);
        });
  }

  private static void conclude(RuleResult result) {
    switch (result.verdict()) {
      case PASSED -> {}
      case NOT_APPLICABLE -> throw new TestAbortedException("not applicable: " + result.message());
      case DEVIATION -> throw new TestAbortedException("declared deviation: " + result.message());
      case FAILED, HANG, KIT_BUG ->
          throw new AssertionError(result.message(), result.thrown().orElse(null));
    }
  }
}
