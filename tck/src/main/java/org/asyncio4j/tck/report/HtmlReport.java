package org.asyncio4j.tck.report;

import java.util.List;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.asyncio4j.tck.spec.SpecRule;

/** The report as one page of HTML: the summary, then each rule on each loop with all details. */
final class HtmlReport {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>Conformance</title>
      <style>
      body { font: 15px sans-serif; margin: 2em; }
      table { border-collapse: collapse; margin-bottom: 2em; }
      td, th { border: 1px solid #ccc; padding: 4px 8px; text-align: left; vertical-align: top; }
      .PASSED { background: #e4f5e4; }
      .FAILED, .HANG, .CRASHED, .KIT_BUG { background: #fbdcdc; }
      .DEVIATION, .FLAKY, .ADVICE { background: #fdf3d0; }
      pre { margin: 0; white-space: pre-wrap; }
      </style>
      </head>
      <body>
      <h1>Conformance</h1>
      """;

  private final RuleCatalog catalog;
  private final List<RuleResult> results;
  private final List<String> conclusions;

  HtmlReport(RuleCatalog catalog, List<RuleResult> results, List<String> conclusions) {
    this.catalog = catalog;
    this.results = results;
    this.conclusions = conclusions;
  }

  String text() {
    StringBuilder text = new StringBuilder(HEAD);
    conclusions.forEach(line -> text.append("<p>").append(escaped(line)).append("</p>\n"));
    text.append("<table>\n");
    appendRow(text, "th", "", SummaryTable.headings());
    new SummaryTable(results).rows().forEach(row -> appendRow(text, "td", "", row));
    text.append("</table>\n<h2>Rules</h2>\n<table>\n");
    appendRow(text, "th", "", List.of("loop", "rule", "fact", "verdict", "why"));
    results.forEach(result -> appendRow(text, "td", result.verdict().name(), row(result)));
    return text.append("</table>\n</body>\n</html>\n").toString();
  }

  private List<String> row(RuleResult result) {
    String fact =
        catalog.find(result.rule().id()).map(SpecRule::text).orElse(result.rule().sentence());
    return List.of(
        result.subject().label(),
        result.rule().id().toString(),
        fact,
        result.verdict().name(),
        result.message());
  }

  private static void appendRow(
      StringBuilder text, String element, String style, List<String> cells) {
    text.append("<tr class=\"").append(style).append("\">");
    for (String cell : cells) {
      text.append('<').append(element).append("><pre>");
      text.append(escaped(cell));
      text.append("</pre></").append(element).append('>');
    }
    text.append("</tr>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
