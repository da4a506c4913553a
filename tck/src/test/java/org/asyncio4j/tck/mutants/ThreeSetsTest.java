package org.asyncio4j.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.report.RuleCatalog;
import org.junit.jupiter.api.Test;

/** Rules that can be tested, tests, and mutants are the same set. */
final class ThreeSetsTest {

  private final List<RuleId> specified = RuleCatalog.load().executable();

  @Test
  void eachRuleHasOneTest() {
    assertThat(MutantsTest.ruleIds()).isEqualTo(specified);
  }

  @Test
  void eachRuleHasAMutant() {
    Stream<RuleId> ofTasks = Mutants.all().stream().map(Mutants.Case::rule);
    Stream<RuleId> ofNetwork =
        NetworkMutantsTest.mutants()
            .map(mutant -> RuleId.of(mutant.getAnnotation(Defect.class).breaks()));
    Stream<RuleId> ofConnections =
        ConnectionMutants.all().stream().map(mutant -> RuleId.of(mutant.rule()));

    assertThat(Stream.of(ofTasks, ofNetwork, ofConnections).flatMap(rules -> rules))
        .hasSameElementsAs(specified);
  }
}
