package org.asyncio4j.tck.mutants;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.ConformanceRun;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each defect of connections is found by its rule, and as far as possible by no other. */
final class ConnectionMutantsTest {

  private static final List<Integer> CHAPTERS = List.of(10, 11);
  private static final TckSettings SETTINGS =
      TckSettings.defaults().withPatience(Duration.ofSeconds(3));

  @ParameterizedTest
  @MethodSource("mutants")
  void aMutantBreaksItsRuleAndNoOther(ConnectionMutant mutant) {
    int chapter = Integer.parseInt(mutant.rule().substring(0, mutant.rule().indexOf('.')));
    List<RuleResult> results = judge(mutant.provider(), chapter);

    Set<String> expected = new HashSet<>(mutant.also());
    expected.add(mutant.rule());
    assertThat(violated(results)).as(() -> describe(results)).isEqualTo(expected);
  }

  @Test
  void whatIsNotTamperedWithBreaksNoRule() {
    for (int chapter : CHAPTERS) {
      List<RuleResult> results = judge(new TamperedLoops("sound", Tampering::new), chapter);
      assertThat(violated(results)).as(() -> describe(results)).isEmpty();
    }
  }

  @Test
  void eachRuleHasAMutant() {
    assertThat(mutants().map(ConnectionMutant::rule))
        .containsExactlyInAnyOrderElementsOf(
            CHAPTERS.stream()
                .flatMap(ConnectionMutantsTest::rules)
                .map(rule -> rule.id().toString())
                .toList());
  }

  private static Stream<ConnectionMutant> mutants() {
    return ConnectionMutants.all().stream();
  }

  private static Stream<RuleCase> rules(int chapter) {
    return Chapters.all().stream()
        .filter(part -> part.number() == chapter)
        .flatMap(part -> part.rules().stream());
  }

  private static List<RuleResult> judge(EventLoopProvider provider, int chapter) {
    Subject subject = Subject.of(provider, Optional.empty()).getFirst();
    ConformanceRun run = new ConformanceRun(SETTINGS, Chapters.all(), List.of());
    return rules(chapter).map(rule -> run.run(rule, subject)).toList();
  }

  private static Set<String> violated(List<RuleResult> results) {
    return results.stream()
        .filter(result -> result.verdict().isViolation())
        .map(result -> result.rule().id().toString())
        .collect(toSet());
  }

  private static String describe(List<RuleResult> results) {
    return String.join(
        "\n",
        results.stream()
            .filter(result -> result.verdict().isViolation())
            .map(RuleResult::message)
            .toList());
  }
}
