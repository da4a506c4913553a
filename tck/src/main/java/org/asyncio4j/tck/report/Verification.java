package org.asyncio4j.tck.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.run.Chapter;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.spec.RuleCatalog;

/**
 * Checks what a {@code conformance.json} is worth: it must come from these rules, be complete, and
 * be as the kit wrote it. The digest notices changes; it does not prove who wrote the file.
 */
public final class Verification {

  private static final int SHOWN = 3;

  private final RuleCatalog catalog;
  private final List<Chapter> chapters;

  /**
   * Creates a verification.
   *
   * @param catalog the rules
   * @param chapters all chapters of the kit
   */
  public Verification(RuleCatalog catalog, List<Chapter> chapters) {
    this.catalog = catalog;
    this.chapters = chapters;
  }

  /**
   * Returns what is wrong with a file.
   *
   * @param file the file
   * @return sentences; none if it shows that its loops conform
   */
  public List<String> problems(ConformanceFile file) {
    if (file.format() != ConformanceFile.FORMAT) {
      return List.of(
          "its format is %d, and this kit reads %d"
              .formatted(file.format(), ConformanceFile.FORMAT));
    }
    List<String> problems = new ArrayList<>();
    if (!file.isIntact()) {
      problems.add("it was edited: its digest is that of another content");
    }
    if (!file.specification().equals(catalog.fingerprint())) {
      problems.add(
          "it is about other rules: %s instead of %s"
              .formatted(file.specification(), catalog.fingerprint()));
    }
    if (file.conclusion() != Conclusion.CONFORMS) {
      problems.add(
          "its loops do not conform: " + file.conclusion().name().toLowerCase(Locale.ROOT));
    }
    problems.addAll(gapsOf(file));
    return List.copyOf(problems);
  }

  /**
   * Returns what a file shows.
   *
   * @param file the file
   * @return conformance only if nothing is wrong with the file
   */
  public Conclusion conclusion(ConformanceFile file) {
    if (problems(file).isEmpty()) {
      return Conclusion.CONFORMS;
    }
    return file.conclusion() == Conclusion.VIOLATES ? Conclusion.VIOLATES : Conclusion.NOT_JUDGED;
  }

  private List<String> gapsOf(ConformanceFile file) {
    if (file.loops().isEmpty()) {
      return List.of("it is about no loop");
    }
    Set<String> missing = new LinkedHashSet<>();
    file.loops().forEach(loop -> missing.addAll(expected(loop.name())));
    missing.removeAll(
        file.results().stream()
            .map(ConformanceFile.Entry::label)
            .collect(Collectors.toCollection(LinkedHashSet::new)));
    if (missing.isEmpty()) {
      return Collections.emptyList();
    }
    return List.of(
        "it is partial: %d results are missing, for instance %s"
            .formatted(
                missing.size(), missing.stream().limit(SHOWN).collect(Collectors.joining("; "))));
  }

  private Set<String> expected(String loop) {
    Set<String> labels = new LinkedHashSet<>();
    for (Chapter chapter : chapters) {
      for (RuleCase rule : chapter.rules()) {
        String number = rule.id().toString();
        add(labels, loop, CoroutineMode.CARRIER, false, true, number);
        for (CoroutineMode engine : List.of(CoroutineMode.CARRIER, CoroutineMode.HANDOFF)) {
          add(labels, loop, engine, false, false, number);
          if (chapter.alsoInDebug()) {
            add(labels, loop, engine, true, false, number);
          }
        }
      }
    }
    return labels;
  }

  private static void add(
      Set<String> labels,
      String loop,
      CoroutineMode engine,
      boolean debug,
      boolean used,
      String rule) {
    String name = engine.name().toLowerCase(Locale.ROOT);
    labels.add(new ConformanceFile.Entry(loop, name, debug, used, rule, "", 0, "").label());
  }
}
