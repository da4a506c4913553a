package org.asyncio4j.tck.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Verdict;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.asyncio4j.tck.spec.SpecRule;

/**
 * The report as one page of HTML that needs nothing else: the conclusions, what is wrong, the
 * summary, then all rules, which can be filtered.
 */
final class HtmlReport {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Conformance</title>
      <style>
      :root {
        color-scheme: light dark;
        --text: light-dark(#1d1d1f, #e8e8ea); --page: light-dark(#ffffff, #17181a);
        --line: light-dark(#d4d4d8, #3a3b40); --soft: light-dark(#f4f4f5, #222327);
        --good: light-dark(#1f6b34, #7fce95); --bad: light-dark(#a8201a, #ff9c94);
        --fair: light-dark(#7a5200, #e6bd6a);
      }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
        max-width: 75rem; margin: 0 auto; padding: 1rem; }
      h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
      a { color: inherit; }
      table { border-collapse: collapse; width: 100%; }
      th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; text-align: left;
        vertical-align: top; }
      td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
      .wide { overflow-x: auto; }
      article { border: 1px solid var(--line); border-left: .3rem solid var(--bad);
        border-radius: .3rem; padding: .5rem 1rem; margin: 1rem 0; }
      article.soft { border-left-color: var(--fair); }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft);
        padding: .5rem; font-size: .85rem; }
      dt { font-weight: 600; } dd { margin: 0 0 .3rem 0; }
      .good { color: var(--good); } .bad { color: var(--bad); } .fair { color: var(--fair); }
      input, select { font: inherit; color: inherit; background: var(--soft);
        border: 1px solid var(--line); border-radius: .3rem; padding: .3rem .5rem; }
      @media (max-width: 40rem) { .optional { display: none; } body { padding: .6rem; } }
      @media print { form { display: none; } body { max-width: none; }
        article { break-inside: avoid; } }
      </style>
      </head>
      <body>
      <h1>Conformance</h1>
      """;
  private static final String FILTER =
      """
      <form onsubmit="return false">
        <label>Find <input id="text" type="search" placeholder="2.3, timer, carrier"></label>
        <label>Verdict <select id="verdict"><option value="">all</option>OPTIONS</select></label>
        <span id="count" aria-live="polite"></span>
      </form>
      """;
  private static final String SCRIPT =
      """
      <script>
      const text = document.getElementById('text'), verdict = document.getElementById('verdict');
      const rows = [...document.querySelectorAll('#rules tbody tr')];
      function filter() {
        const words = text.value.toLowerCase().split(/\\s+/).filter(word => word);
        let shown = 0;
        for (const row of rows) {
          const content = row.textContent.toLowerCase();
          row.hidden = !(words.every(word => content.includes(word))
              && (!verdict.value || row.dataset.verdict === verdict.value));
          if (!row.hidden) shown++;
        }
        document.getElementById('count').textContent = shown + ' of ' + rows.length;
      }
      text.addEventListener('input', filter);
      verdict.addEventListener('change', filter);
      filter();
      </script>
      </body>
      </html>
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
    appendWrong(text);
    appendSummary(text);
    appendRules(text);
    return text.append(SCRIPT).toString();
  }

  private void appendWrong(StringBuilder text) {
    List<RuleResult> wrong =
        results.stream()
            .filter(result -> !style(result.verdict()).equals("good"))
            .filter(result -> result.verdict() != Verdict.NOT_APPLICABLE)
            .sorted(Comparator.comparing(result -> !result.verdict().isViolation()))
            .toList();
    if (wrong.isEmpty()) {
      return;
    }
    text.append("<h2>What to look at</h2>\n");
    wrong.forEach(result -> appendArticle(text, result));
  }

  private void appendArticle(StringBuilder text, RuleResult result) {
    text.append(
        "<article%s>\n<h3><span class=\"%s\">%s</span>: %s <small>%s</small></h3>\n<dl>\n"
            .formatted(
                result.verdict().isViolation() ? "" : " class=\"soft\"",
                style(result.verdict()),
                result.verdict().words(),
                escaped(result.rule().title()),
                escaped(result.subject().label())));
    catalog.find(result.rule().id()).ifPresent(rule -> appendRule(text, rule));
    Optional.ofNullable(result.rule().method().getAnnotation(Hint.class))
        .ifPresent(hint -> appendTerm(text, "Hint", hint.value()));
    text.append("</dl>\n<pre>").append(escaped(result.message())).append("</pre>\n</article>\n");
  }

  private static void appendRule(StringBuilder text, SpecRule rule) {
    appendTerm(text, "Rule, " + rule.strength(), rule.text());
    appendTerm(text, "Intent", rule.intent());
  }

  private static void appendTerm(StringBuilder text, String term, String content) {
    text.append("<dt>%s</dt><dd>%s</dd>\n".formatted(escaped(term), coded(escaped(content))));
  }

  private void appendSummary(StringBuilder text) {
    text.append("<h2>Summary</h2>\n<div class=\"wide\"><table>\n<thead>");
    appendCells(text, "th", SummaryTable.headings());
    text.append("</thead>\n<tbody>\n");
    new SummaryTable(results).rows().forEach(row -> appendCells(text, "td", row));
    text.append("</tbody>\n</table></div>\n");
  }

  private static void appendCells(StringBuilder text, String element, List<String> cells) {
    text.append("<tr>");
    for (int column = 0; column < cells.size(); column++) {
      String kind = column < 3 ? "" : " class=\"n\"";
      text.append("<%1$s%2$s>%3$s</%1$s>".formatted(element, kind, escaped(cells.get(column))));
    }
    text.append("</tr>\n");
  }

  private void appendRules(StringBuilder text) {
    text.append("<h2>All rules</h2>\n");
    String verdicts =
        Stream.of(Verdict.values())
            .map(Verdict::words)
            .map("<option>%s</option>"::formatted)
            .collect(Collectors.joining());
    text.append(FILTER.replace("OPTIONS", verdicts));
    text.append(
        "<div class=\"wide\"><table id=\"rules\">\n<thead><tr><th>rule</th><th>loop</th>"
            + "<th>verdict</th><th class=\"n optional\">ms</th></tr></thead>\n<tbody>\n");
    results.forEach(result -> appendRow(text, result));
    text.append("</tbody>\n</table></div>\n");
  }

  private static void appendRow(StringBuilder text, RuleResult result) {
    text.append(
        "<tr data-verdict=\"%1$s\"><td>%2$s</td><td>%3$s</td><td class=\"%4$s\">%1$s%5$s</td>"
                .formatted(
                    result.verdict().words(),
                    escaped(result.rule().title()),
                    escaped(result.subject().label()),
                    style(result.verdict()),
                    result.verdict() == Verdict.NOT_APPLICABLE
                        ? ": " + escaped(MarkdownReport.firstLine(result.message()))
                        : "")
            + "<td class=\"n optional\">%s</td></tr>\n"
                .formatted(String.format(Locale.ROOT, "%,d", result.took().toMillis())));
  }

  private static String style(Verdict verdict) {
    return switch (verdict) {
      case PASSED, NOT_APPLICABLE -> "good";
      case FLAKY, ADVICE, DEVIATION -> "fair";
      case FAILED, HANG, CRASHED, KIT_BUG -> "bad";
    };
  }

  private static String coded(String escaped) {
    return escaped.replaceAll("`([^`]*)`", "<code>$1</code>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
