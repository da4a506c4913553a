package org.asyncio4j.tck.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.run.Explanation;
import org.asyncio4j.tck.run.Gap;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Verdict;
import org.asyncio4j.tck.spec.RuleCatalog;

/** Collects the outcomes of the rules, and presents them as a table and as files. */
public final class ConformanceReport {

  private final RuleCatalog catalog;
  private final List<RuleResult> results = new CopyOnWriteArrayList<>();
  private final List<Gap> gaps = new CopyOnWriteArrayList<>();
  private final List<String> remarks = new CopyOnWriteArrayList<>();
  private final List<Deviation> stale = new CopyOnWriteArrayList<>();
  private volatile boolean isPartial;
  private volatile List<String> options = List.of();

  /**
   * Creates an empty report.
   *
   * @param catalog the rules
   */
  public ConformanceReport(RuleCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Adds an outcome.
   *
   * @param result the outcome
   */
  public void add(RuleResult result) {
    results.add(result);
  }

  /** {@return the outcomes, in the order in which they were added} */
  public List<RuleResult> results() {
    return List.copyOf(results);
  }

  /**
   * Adds something that was to be judged and was not.
   *
   * @param gap what, and why
   */
  public void add(Gap gap) {
    gaps.add(gap);
  }

  /**
   * Adds a declared deviation that is out of date.
   *
   * @param deviation from a rule that the loop keeps
   */
  public void add(Deviation deviation) {
    stale.add(deviation);
  }

  /**
   * Records the options of the run.
   *
   * @param changed words of a command line
   */
  public void setOptions(List<String> changed) {
    options = List.copyOf(changed);
  }

  /** Says that only a part of the rules was asked for, which shows no conformance. */
  public void markAsPartial() {
    isPartial = true;
    remark("only a part of the rules was asked for");
  }

  /**
   * Adds a remark that changes no verdict.
   *
   * @param remark a sentence
   */
  public void remark(String remark) {
    remarks.add(remark);
  }

  /** {@return what all outcomes together show} */
  public Conclusion conclusion() {
    if (!stale.isEmpty() || results.stream().anyMatch(it -> it.verdict().isViolation())) {
      return Conclusion.VIOLATES;
    }
    return gaps.isEmpty() && !results.isEmpty() ? Conclusion.CONFORMS : Conclusion.NOT_JUDGED;
  }

  /**
   * {@return the number of rules of each chapter that each loop keeps, each violation with its
   * explanation, and the totals}
   */
  public String table() {
    StringBuilder text = new StringBuilder(new SummaryTable(results()).text());
    Explanation explanation = new Explanation(catalog);
    for (RuleResult result : results) {
      if (result.verdict().isViolation()
          || result.verdict() == Verdict.FLAKY
          || result.verdict() == Verdict.ADVICE) {
        text.append(
            "%n%s: %s: %s"
                .formatted(
                    result.subject().label(), result.verdict().words(), explanation.of(result)));
      }
    }
    text.append(System.lineSeparator());
    closingLines().forEach(line -> text.append(line).append(System.lineSeparator()));
    return text.toString();
  }

  private List<String> closingLines() {
    List<String> lines = new ArrayList<>(new Totals(results(), isPartial).lines());
    lines.addAll(remarks);
    stale.forEach(deviation ->
        lines.add(
            "deviation from %s is declared, but the loop keeps the rule; remove the declaration: %s"
                .formatted(deviation.rule(), deviation.reason())));
    gaps.forEach(gap -> lines.add(gap.toString()));
    return lines;
  }

  /**
   * Writes {@code conformance.md}, {@code conformance.html}, {@code conformance.json} and {@code
   * TEST-conformance.xml}.
   *
   * @param directory the directory, created if it does not exist
   * @throws IOException if that fails
   */
  public void writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<RuleResult> snapshot = results();
    Files.writeString(
        directory.resolve("conformance.md"),
        new MarkdownReport(catalog, snapshot, closingLines()).text());
    Files.writeString(
        directory.resolve("conformance.html"),
        new HtmlReport(catalog, snapshot, closingLines()).text());
    new JUnitXmlReport(snapshot).writeTo(directory.resolve("TEST-conformance.xml"));
    file(snapshot).writeTo(directory.resolve("conformance.json"));
  }

  private ConformanceFile file(List<RuleResult> snapshot) {
    return new ConformanceFile(
            ConformanceFile.FORMAT,
            catalog.fingerprint(),
            KitVersion.get(),
            ConformanceFile.Machine.here(),
            options,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            conclusion(),
            snapshot.stream()
                .map(RuleResult::subject)
                .map(it -> new ConformanceFile.Loop(it.provider().name(), it.version()))
                .distinct()
                .toList(),
            snapshot.stream().map(ConformanceFile.Entry::of).toList(),
            gaps.stream().map(Gap::toString).toList(),
            stale.stream().map(Deviation::toString).toList(),
            "")
        .sealed();
  }
}
