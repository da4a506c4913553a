package org.asyncio4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.faults.Faults;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.Discovery;
import org.asyncio4j.tck.run.RuleCase;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the rules of connections on the loops of this project, with network faults: with one seed on
 * one engine, or with the requested number of seeds on both.
 */
final class FaultConformanceTest {

  private static final long FIRST_SEED = Long.getLong("asyncio4j.test.faults.seed", 1);
  private static final long SEEDS = Long.getLong("asyncio4j.test.faults.seeds", 1);
  private static final int MOST_DIRECT_RULES = 18;

  // A rule whose connection is dead need not wait long.
  private static final TckSettings HURRIED =
      TckSettings.fromSystemProperties()
          .withPatience(Duration.ofMillis(100))
          .withRuleLimit(Duration.ofSeconds(30));

  @TestFactory
  Stream<DynamicNode> rulesHoldWhateverAStreamMayDo() {
    return withSeeds(
        seed -> TckSettings.fromSystemProperties().withFaults(Faults.transparent(seed)));
  }

  @TestFactory
  Stream<DynamicNode> loopsSurviveTheEndOfTheirConnections() {
    return withSeeds(seed -> HURRIED.withFaults(Faults.destructive(seed)));
  }

  @Test
  void onlyChaptersWithConnectionsAreUsed() {
    assertThat(withFaults().map(rule -> rule.id().toString()))
        .contains("7.1", "8.1", "9.1", "10.1", "11.1", "16.1", "17.1", "19.1", "19.2", "20.1")
        .doesNotContain("6.1", "18.1", "19.16");
  }

  @Test
  void fewRulesUseTheSocketItself() {
    assertThat(withFaults())
        .filteredOn(rule -> rule.direct().isPresent())
        .map(RuleCase::title)
        .hasSizeBetween(1, MOST_DIRECT_RULES);
  }

  private static Stream<RuleCase> withFaults() {
    TckSettings settings =
        TckSettings.fromSystemProperties().withFaults(Faults.transparent(FIRST_SEED));
    return Chapters.of(settings).stream().flatMap(chapter -> chapter.rules().stream());
  }

  private static Stream<DynamicNode> withSeeds(LongFunction<TckSettings> settings) {
    return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS)
        .mapToObj(
            seed -> DynamicContainer.dynamicContainer("seed " + seed, loops(settings.apply(seed))));
  }

  private static Stream<DynamicNode> loops(TckSettings settings) {
    LoopSuite suite = new LoopSuite(settings);
    return Discovery.run().loops().stream()
        .flatMap(provider -> suite.nodes(provider, List.of(), engine()));
  }

  private static Optional<CoroutineMode> engine() {
    return SEEDS == 1 ? Optional.of(CoroutineMode.CARRIER) : Optional.empty();
  }
}
