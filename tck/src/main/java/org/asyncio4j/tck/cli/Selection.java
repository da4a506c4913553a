package org.asyncio4j.tck.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.run.Chapter;
import org.asyncio4j.tck.run.RuleCase;

/**
 * The rules of a run, and their order.
 *
 * @param rules only these; all if this and the chapters are empty
 * @param chapters only these
 * @param shard only this part
 * @param seed of the order; the order of their numbers if absent
 */
record Selection(
    Set<RuleId> rules, Set<Integer> chapters, Optional<Shard> shard, Optional<Long> seed) {

  boolean isEverything() {
    return rules.isEmpty() && chapters.isEmpty() && shard.isEmpty();
  }

  /** Selects, and refuses rules and chapters that do not exist. */
  List<RuleCase> from(List<Chapter> all) {
    List<RuleCase> known = all.stream().flatMap(chapter -> chapter.rules().stream()).toList();
    requireKnown(known);
    List<RuleCase> selected =
        new ArrayList<>(
            known.stream()
                .filter(rule -> (rules.isEmpty() && chapters.isEmpty()) || isNamed(rule))
                .toList());
    seed.ifPresent(value -> Collections.shuffle(selected, new Random(value)));
    return shard.map(part -> part.of(selected)).orElse(selected);
  }

  private boolean isNamed(RuleCase rule) {
    return rules.contains(rule.id()) || chapters.contains(rule.id().chapter());
  }

  private void requireKnown(List<RuleCase> known) {
    for (RuleId rule : rules) {
      if (known.stream().noneMatch(it -> it.id().equals(rule))) {
        throw new IllegalArgumentException(
            "cannot run rule %s: this run has none of that number; --list shows all"
                .formatted(rule));
      }
    }
    for (int chapter : chapters) {
      if (known.stream().noneMatch(it -> it.id().chapter() == chapter)) {
        throw new IllegalArgumentException(
            "cannot run chapter %d: this run has none of that number; --list shows all"
                .formatted(chapter));
      }
    }
  }
}
