package org.asyncio4j.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.mutants.harness.Mutant;
import org.asyncio4j.tck.report.RuleCatalog;
import org.junit.jupiter.api.Test;

/** Rules that can be tested, tests, and mutants are the same set. */
final class ThreeSetsTest {

  private final List<RuleId> specified = RuleCatalog.load().executable();

  @Test
  void eachRuleHasOneTest() {
    assertThat(MutantExaminations.ruleIds()).isEqualTo(specified);
  }

  @Test
  void eachRuleHasAMutant() {
    assertThat(Mutants.all().stream().map(Mutant::rule).distinct().toList()).isEqualTo(specified);
  }
}
