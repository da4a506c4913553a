package org.asyncio4j.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.TckSettings;
import org.junit.jupiter.api.Test;

/** Verdicts that a busy machine can cause are looked at twice. */
final class LocalExaminerTest {

  private static final Subject SUBJECT =
      new Subject(FakeLoops.named("fake"), CoroutineMode.HANDOFF);
  private static final RuleCase RULE = RuleRunnerTest.rule("thisFailsOnceOnly");

  private static RuleResult result(Verdict verdict, String message) {
    return new RuleResult(RULE, SUBJECT, verdict, message, Optional.empty(), Duration.ZERO);
  }

  @Test
  void aRuleThatFailsIsRepeated() {
    ToyRules.RUNS.set(0);
    try (LocalExaminer examiner = new LocalExaminer(TckSettings.defaults())) {
      RuleResult result = examiner.examine(RULE, SUBJECT);

      assertThat(ToyRules.RUNS).hasValue(2);
      assertThat(result.verdict()).isIn(Verdict.FAILED, Verdict.FLAKY); // as busy as the machine is
      assertThat(result.message()).contains("it must not be the first time", "passed when");
    }
  }

  @Test
  void aRuleThatPassesIsNotRepeated() {
    ToyRules.RUNS.set(1);
    try (LocalExaminer examiner = new LocalExaminer(TckSettings.defaults())) {
      assertThat(examiner.examine(RULE, SUBJECT).verdict()).isEqualTo(Verdict.PASSED);
    }
    assertThat(ToyRules.RUNS).hasValue(2);
  }

  @Test
  void aVerdictThatChangesOnABusyMachineIsFlaky() {
    RuleResult changed =
        LocalExaminer.changed(
            result(Verdict.HANG, "hung"), result(Verdict.PASSED, ""), /* busy= */ true);

    assertThat(changed.verdict()).isEqualTo(Verdict.FLAKY);
    assertThat(changed.message()).contains("hung", "other programs took the machine");
  }

  @Test
  void aVerdictThatChangesOnAQuietMachineIsAFaultOfTheLoop() {
    RuleResult changed =
        LocalExaminer.changed(
            result(Verdict.FAILED, "wrong"), result(Verdict.PASSED, ""), /* busy= */ false);

    assertThat(changed.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(changed.message()).contains("wrong", "the machine was not busy");
  }

  @Test
  void anEngineThatIsMissingIsNoFaultOfTheLoop() {
    Subject carrier = new Subject(FakeLoops.named("fake"), CoroutineMode.CARRIER);
    try (LocalExaminer examiner = new LocalExaminer(TckSettings.defaults())) {
      CoroutineMode.CARRIER
          .obstacle()
          .ifPresent(reason ->
              assertThat(examiner.readiness(carrier)).isEqualTo(new Readiness.Absent(reason)));
      assertThat(CoroutineMode.HANDOFF.obstacle()).isEmpty();
    }
  }
}
