package org.asyncio4j.tck.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.asyncio4j.tck.spec.SpecRule;

/** Rules and loops of several files, as a table in Markdown: one row a rule, one column a loop. */
public final class Matrix {

  // The worse, the earlier.
  private static final List<String> BY_WEIGHT =
      List.of(
          "kit bug",
          "crashed",
          "hang",
          "failed",
          "deviation",
          "flaky",
          "advice",
          "passed",
          "not applicable");

  private final RuleCatalog catalog;
  private final Map<String, Map<RuleId, String>> loops = new LinkedHashMap<>();

  /**
   * Creates a table.
   *
   * @param catalog the rules
   * @param files the runs; a loop that occurs in several files has the worst verdict of all
   */
  public Matrix(RuleCatalog catalog, List<ConformanceFile> files) {
    this.catalog = catalog;
    for (ConformanceFile file : files) {
      for (ConformanceFile.Entry entry : file.results()) {
        loops
            .computeIfAbsent(entry.loop(), _ -> new TreeMap<>())
            .merge(RuleId.of(entry.rule()), entry.verdict(), Matrix::worse);
      }
    }
  }

  private static String worse(String one, String other) {
    return BY_WEIGHT.indexOf(one) <= BY_WEIGHT.indexOf(other) ? one : other;
  }

  /** {@return the table} */
  public String markdown() {
    StringBuilder text = new StringBuilder("# Conformance of several loops\n\n");
    List<String> heading = new ArrayList<>(List.of("rule", "fact"));
    heading.addAll(loops.keySet());
    appendRow(text, heading);
    appendRow(text, heading.stream().map(_ -> "---").toList());
    Set<RuleId> rules = new TreeSet<>();
    loops.values().forEach(verdicts -> rules.addAll(verdicts.keySet()));
    for (RuleId rule : rules) {
      List<String> row = new ArrayList<>();
      row.add(rule.toString());
      row.add(catalog.find(rule).map(SpecRule::text).orElse("?"));
      loops.values().forEach(verdicts -> row.add(verdicts.getOrDefault(rule, "not judged")));
      appendRow(text, row);
    }
    return text.toString();
  }

  private static void appendRow(StringBuilder text, List<String> cells) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    text.append('\n');
  }
}
