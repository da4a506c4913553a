package org.asyncio4j.tck.report;

import java.util.List;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.spec.RuleCatalog;

/** The report as Markdown: the summary, then each rule on each loop. */
final class MarkdownReport {

  private final RuleCatalog catalog;
  private final List<RuleResult> results;
  private final List<String> conclusions;

  MarkdownReport(RuleCatalog catalog, List<RuleResult> results, List<String> conclusions) {
    this.catalog = catalog;
    this.results = results;
    this.conclusions = conclusions;
  }

  String text() {
    StringBuilder text = new StringBuilder("# Conformance\n\n");
    conclusions.forEach(line -> text.append("- ").append(line).append('\n'));
    text.append('\n');
    appendRow(text, SummaryTable.headings());
    appendRow(text, SummaryTable.headings().stream().map(_ -> "---").toList());
    new SummaryTable(results).rows().forEach(row -> appendRow(text, row));
    text.append("\n## Rules\n\n");
    List<String> headings = List.of("loop", "rule", "strength", "fact", "verdict", "why");
    appendRow(text, headings);
    appendRow(text, headings.stream().map(_ -> "---").toList());
    results.forEach(result -> appendRow(text, row(result)));
    return text.toString();
  }

  private List<String> row(RuleResult result) {
    String strength =
        catalog.find(result.rule().id()).map(rule -> rule.strength().name()).orElse("?");
    return List.of(
        result.subject().label(),
        result.rule().id().toString(),
        strength,
        result.rule().sentence(),
        result.verdict().words(),
        firstLine(result.message()));
  }

  static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static void appendRow(StringBuilder text, List<String> cells) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    text.append('\n');
  }
}
