package org.asyncio4j.tck.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Verdict;

/** One line per loop and chapter, for a terminal. */
final class SummaryTable {

  private static final List<String> HEADINGS =
      List.of(
          "loop",
          "version",
          "chapter",
          "passed",
          "failed",
          "hang",
          "flaky",
          "advice",
          "deviation",
          "n.a.");

  private final List<RuleResult> results;

  SummaryTable(List<RuleResult> results) {
    this.results = results;
  }

  String text() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    rows.addAll(rows());
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        text.append(padded(row.get(column), width(rows, column))).append("  ");
      }
      text.setLength(text.toString().stripTrailing().length());
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  /** The cells of the table, without its head. */
  List<List<String>> rows() {
    Map<List<String>, List<RuleResult>> groups =
        results.stream().collect(groupingBy(SummaryTable::key, LinkedHashMap::new, toList()));
    return groups.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue())).toList();
  }

  static List<String> headings() {
    return HEADINGS;
  }

  private static List<String> key(RuleResult result) {
    return List.of(
        result.subject().label(), result.subject().version(), result.rule().chapter().heading());
  }

  private static List<String> row(List<String> key, List<RuleResult> group) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    group.forEach(result -> counts.merge(result.verdict(), 1, Integer::sum));
    List<String> row = new ArrayList<>(key);
    row.add(count(counts, Verdict.PASSED));
    row.add(
        Integer.toString(
            counts.getOrDefault(Verdict.FAILED, 0)
                + counts.getOrDefault(Verdict.CRASHED, 0)
                + counts.getOrDefault(Verdict.KIT_BUG, 0)));
    row.add(count(counts, Verdict.HANG));
    row.add(count(counts, Verdict.FLAKY));
    row.add(count(counts, Verdict.ADVICE));
    row.add(count(counts, Verdict.DEVIATION));
    row.add(count(counts, Verdict.NOT_APPLICABLE));
    return row;
  }

  private static String count(Map<Verdict, Integer> counts, Verdict verdict) {
    return Integer.toString(counts.getOrDefault(verdict, 0));
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }
}
