package org.asyncio4j.tck.report;

import java.util.List;
import java.util.Locale;
import org.asyncio4j.tck.run.RuleResult;

/** The report as Markdown: the summary, then each rule on each loop. */
final class MarkdownReport {

  private final RuleCatalog catalog;
  private final List<RuleResult> results;

  MarkdownReport(RuleCatalog catalog, List<RuleResult> results) {
    this.catalog = catalog;
    this.results = results;
  }

  String text() {
    StringBuilder text = new StringBuilder("# Conformance\n\n");
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
        result.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
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
