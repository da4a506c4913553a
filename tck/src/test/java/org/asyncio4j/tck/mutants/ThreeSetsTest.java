package org.asyncio4j.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;

import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.mutants.harness.Mutant;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.spec.RuleCatalog;
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
    Map<RuleId, Class<?>> tests =
        MutantExaminations.rules()
            .collect(Collectors.toMap(RuleCase::id, rule -> rule.chapter().type()));
    Map<Class<?>, Set<Class<?>>> places = new HashMap<>();
    Catalogue.all()
        .forEach(defects ->
            defects
                .mutants()
                .forEach(mutant ->
                    places
                        .computeIfAbsent(tests.get(mutant.rule()), _ -> new HashSet<>())
                        .add(defects.getClass())));

    assertThat(places).allSatisfy((_, classes) -> assertThat(classes).hasSize(1));
  }
}
