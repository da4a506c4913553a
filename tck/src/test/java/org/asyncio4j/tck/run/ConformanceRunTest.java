package org.asyncio4j.tck.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.tck.kit.Deviation;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.spec.RuleCatalog;
import org.junit.jupiter.api.Test;

final class ConformanceRunTest {

  private static final Subject SUBJECT =
      Subject.of(FakeLoops.named("fake"), Optional.empty()).getFirst();

  @Test
  void aDeclaredDeviationIsNoViolation() {
    RuleResult result =
        run(Deviation.of("9.2", "arithmetic is hard", "issue 1"))
            .judge(RuleRunnerTest.rule("theLoopIsAtFault"), SUBJECT);

    assertThat(result.verdict()).isEqualTo(Verdict.DEVIATION);
    assertThat(result.message()).isEqualTo("arithmetic is hard (issue 1)");
  }

  @Test
  void anUnneededDeviationIsStale() {
    Deviation unneeded = Deviation.of("9.1", "it was true once", "issue 1");
    ConformanceRun run = run(unneeded);
    assertThat(run.stale()).isEmpty();

    RuleResult result = run.judge(RuleRunnerTest.rule("everythingIsFine"), SUBJECT);

    assertThat(run.stale()).containsExactly(unneeded);

    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aDeviationFromNoRuleIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(Deviation.of("9.99", "why not", "issue 1")))
        .withMessageContaining("9.99");
  }

  @Test
  void anUnavailableLoopIsNotRun() {
    FakeLoops loops = new FakeLoops("far", Set.of(), Availability.unavailable("needs a desert"));
    Subject subject = Subject.of(loops, Optional.empty()).getFirst();

    assertThat(run().canJudge(RuleRunnerTest.rule("theLoopIsAtFault"), subject)).isFalse();
    assertThat(run().gap(subject))
        .hasValueSatisfying(gap -> assertThat(gap.reason()).contains("needs a desert"));
  }

  private static ConformanceRun run(Deviation... deviations) {
    return new ConformanceRun(
        new LocalExaminer(TckSettings.defaults()),
        RuleCatalog.load(),
        List.of(ToyRules.CHAPTER),
        List.of(deviations));
  }
}
