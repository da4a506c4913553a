package org.asyncio4j.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.tck.faults.ConnectionPlan;
import org.asyncio4j.tck.faults.Ending;
import org.asyncio4j.tck.faults.Faults;
import org.asyncio4j.tck.faults.LinePlan;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.ConformanceRun;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.Subject;
import org.asyncio4j.tck.run.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What destructive faults find out about a loop that no rule asks. */
@Timeout(120)
final class HurtLoopsTest {

  /** Bytes go both ways, and the loop is the caller. */
  private static final RuleCase RULE =
      Chapters.all().stream()
          .flatMap(chapter -> chapter.rules().stream())
          .filter(rule -> rule.id().equals(RuleId.of("16.1")))
          .findFirst()
          .orElseThrow();

  private static final TckSettings HURRIED =
      TckSettings.defaults()
          .withPatience(Duration.ofMillis(500))
          .withRuleLimit(Duration.ofSeconds(20))
          .withLeakLimit(Duration.ofSeconds(1));

  private final HurtLoops loops = new HurtLoops();
  private final long seed =
      LongStream.iterate(1, seed -> seed + 1).filter(HurtLoopsTest::resets).findFirst().orElse(0);

  @AfterEach
  void free() {
    loops.close();
  }

  @Test
  void theCorrectLoopSurvives() {
    RuleResult result = run(new MutantProvider(CorrectLoop::new), Faults.destructive(seed));

    assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.PASSED);
    assertThat(result.message()).startsWith("survived");
  }

  @TestFactory
  Stream<DynamicTest> aLoopThatIsHurtIsFoundOut() {
    return Stream.of(
        hurt("leaks a descriptor", loops.leaking(), "descriptor socket:\\["),
        hurt("stands still", loops.standingStill(), "must stop when"),
        hurt("loses its wake-ups", loops.deaf(), "must (stop when|run what|run and end)"),
        hurt("reports its peer", loops.talkative(), "Fatal read error on socket transport"));
  }

  private DynamicTest hurt(String name, EventLoopProvider loop, String finding) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          RuleResult unhurt = run(loop, Faults.transparent(seed));
          assertThat(unhurt.verdict()).as(unhurt.message()).isEqualTo(Verdict.PASSED);

          RuleResult result = run(loop, Faults.destructive(seed));

          assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.FAILED);
          assertThat(result.message())
              .containsPattern(finding)
              .contains("destructive faults, seed " + seed, "Reset[afterBytes=");
        });
  }

  private static RuleResult run(EventLoopProvider provider, Faults faults) {
    Subject subject = new Subject(provider, CoroutineMode.CARRIER, false);
    return new ConformanceRun(HURRIED.withFaults(faults), Chapters.all(), List.of())
        .run(RULE, subject);
  }

  private static boolean resets(long seed) {
    return Faults.destructive(seed).withScene(RULE.id() + "/0").plan(0)
            instanceof ConnectionPlan.Relayed(LinePlan toTarget, LinePlan toCaller)
        && toTarget.ending() instanceof Ending.Reset(long afterBytes)
        && afterBytes > 0
        && afterBytes < 200
        && toCaller.ending() instanceof Ending.Faithful;
  }
}
