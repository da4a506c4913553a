package org.asyncio4j.tck.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asyncio4j.tck.run.RuleResult;

/** Collects the outcomes of the rules, and presents them as a table and as files. */
public final class ConformanceReport {

  private final RuleCatalog catalog;
  private final List<RuleResult> results = new CopyOnWriteArrayList<>();

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

  /** {@return whether any outcome is a violation} */
  public boolean hasViolations() {
    return results.stream().anyMatch(result -> result.verdict().isViolation());
  }

  /** {@return the number of rules of each chapter that each loop keeps, and each violation} */
  public String table() {
    return new SummaryTable(results()).text();
  }

  /**
   * Writes {@code conformance.md}, {@code conformance.html} and {@code TEST-conformance.xml}.
   *
   * @param directory the directory, created if it does not exist
   * @throws IOException if that fails
   */
  public void writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<RuleResult> snapshot = results();
    Files.writeString(
        directory.resolve("conformance.md"), new MarkdownReport(catalog, snapshot).text());
    Files.writeString(
        directory.resolve("conformance.html"), new HtmlReport(catalog, snapshot).text());
    new JUnitXmlReport(snapshot).writeTo(directory.resolve("TEST-conformance.xml"));
  }
}
