package org.asyncio4j.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RuleIdTest {

  @Test
  void numbersAreOrderedAsInTheDocument() {
    TreeSet<RuleId> ids =
        new TreeSet<>(List.of(RuleId.of("10.1"), RuleId.of("2.10"), RuleId.of("2.9")));

    assertThat(ids).map(RuleId::toString).containsExactly("2.9", "2.10", "10.1");
  }

  @Test
  void malformedNumbersAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RuleId.of("2"))
        .withMessageContaining("'2'");
  }
}
