package org.asyncio4j.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RuleCaseTest {

  @Test
  void theTitleIsTheNumberAndTheMethodNameAsASentence() {
    assertThat(RuleRunnerTest.rule("onlyLoopsThatConnectAreTested").title())
        .isEqualTo("9.8 only loops that connect are tested");
  }

  @Test
  void rulesComeInTheOrderOfTheirNumbers() {
    assertThat(ToyRules.CHAPTER.rules())
        .map(rule -> rule.id().toString())
        .startsWith("9.1")
        .endsWith("9.8", "9.10", "9.11", "9.12");
  }
}
