package org.asyncio4j.tck.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.spec.SpecRule.Strength;
import org.junit.jupiter.api.Test;

final class RuleCatalogTest {

  private static final String ROW = "| <a name=\"2.3\">2.3</a> | MUST | Water is wet. |";
  private static final String INTENT = "| intent | Fish rely on it. |";

  @Test
  void aRowBecomesARule() {
    RuleCatalog catalog = RuleCatalog.parse(List.of("# Title", ROW, INTENT));

    assertThat(catalog.rules())
        .containsExactly(
            new SpecRule(RuleId.of("2.3"), Strength.MUST, "Water is wet.", "Fish rely on it."));
  }

  @Test
  void untestableRulesAreNotExecutable() {
    String untestable = ROW.replace("MUST", "UNTESTABLE (no water here)");

    assertThat(RuleCatalog.parse(List.of(untestable, INTENT)).executable()).isEmpty();
  }

  @Test
  void aNumberIsUsedOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RuleCatalog.parse(List.of(ROW, INTENT, ROW, INTENT)))
        .withMessageContaining("2.3");
  }

  @Test
  void aRuleNeedsItsIntent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RuleCatalog.parse(List.of(ROW, ROW)))
        .withMessageContaining("intent");
  }

  @Test
  void theDocumentItselfIsWellFormed() {
    assertThat(RuleCatalog.load().rules()).hasSizeGreaterThan(60);
  }
}
