package org.asyncio4j.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.mutants.harness.Mutant;
import org.asyncio4j.tck.report.RuleCatalog;
import org.asyncio4j.tck.run.RuleCase;
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

  @Test
  void theMutantsOfAClassOfRulesLieInOneClass() {
    assertThat(Catalogue.all())
        .allSatisfy(defects ->
            assertThat(defects.mutants().stream().map(Mutant::rule).distinct().sorted().toList())
                .isEqualTo(rulesOf(defects.getClass().getSimpleName())));
  }

  private static List<RuleId> rulesOf(String mutants) {
    String rules = mutants.replace("Mutants", "Rules");
    return MutantExaminations.rules()
        .filter(rule -> rule.chapter().type().getSimpleName().equals(rules))
        .map(RuleCase::id)
        .sorted()
        .toList();
  }
}
