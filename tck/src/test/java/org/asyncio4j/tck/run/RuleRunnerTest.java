package org.asyncio4j.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.TckSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class RuleRunnerTest {

  private static final Subject SUBJECT =
      Subject.of(FakeLoops.named("fake"), Optional.empty()).getFirst();

  // Expected events get all the time that they need; waits that must time out are short.
  private static final TckSettings PATIENT =
      TckSettings.defaults()
          .withRuleLimit(Duration.ofMinutes(2))
          .withLeakLimit(Duration.ofMinutes(2));

  @AfterAll
  static void releaseTheResourcesOfTheToys() throws IOException {
    ToyRules.RELEASE.countDown();
    for (ServerSocketChannel leaked : ToyRules.LEAKED) {
      leaked.close();
    }
  }

  @Test
  void aRuleThatReturnsHasPassed() {
    assertThat(run("everythingIsFine").verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aViolationIsAFailureThatNamesTheRule() {
    RuleResult result = run("theLoopIsAtFault");

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.message())
        .isEqualTo("rule 9.2 (the loop is at fault): the answer must be 42 but was 41");
  }

  @Test
  void aRuleThatDoesNotEndIsAHangWithADump() {
    RuleResult result = run("nothingEverEnds", PATIENT.withRuleLimit(Duration.ofMillis(300)));

    assertThat(result.verdict()).isEqualTo(Verdict.HANG);
    assertThat(result.message()).contains("rule 9.3", "thread tck-rule-9.3", "nothingEverEnds");
  }

  @Test
  void aRuleCanSayThatItDoesNotApply() {
    RuleResult result = run("thisRuleCannotBeTested");

    assertThat(result.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(result.message()).isEqualTo("there is no such thing here");
  }

  @Test
  void aNullPointerOfTheKitIsABugOfTheKit() {
    assertThat(run("theKitTripsOverItself").verdict()).isEqualTo(Verdict.KIT_BUG);
  }

  @Test
  void aSocketThatIsLeftOpenFailsTheRule() {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));

    RuleResult result = run("aSocketIsLeftOpen", PATIENT.withLeakLimit(Duration.ofMillis(100)));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.message()).contains("9.6", "descriptor socket:");
  }

  @Test
  void aThreadThatIsLeftRunningFailsTheRule() {
    RuleResult result = run("aThreadIsLeftRunning", PATIENT.withLeakLimit(Duration.ofMillis(100)));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.message()).contains("thread left-behind");
  }

  @Test
  void aLoopWithoutTheCapabilityIsNotRun() {
    RuleResult result = run("onlyLoopsThatConnectAreTested");

    assertThat(result.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(result.message()).contains("TCP_CLIENT");
  }

  @Test
  void anUnexpectedExceptionOfTheLoopIsAFailure() {
    RuleResult result = run("theLoopThrowsAnUnexpectedException");

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.message()).contains("9.10", "surprise");
  }

  @Test
  void aRuleRunsTwiceOnALoopThatIsToBeUsed() {
    Subject used = new Subject(new NioEventLoopProvider(), CoroutineMode.HANDOFF, false, true);
    Subject unused = new Subject(used.provider(), used.engine());
    RuleRunner runner = new RuleRunner(PATIENT);
    RuleCase rule = rule("thisHoldsOnNewLoopsOnly");

    assertThat(runner.run(rule, unused).verdict()).isEqualTo(Verdict.PASSED);
    RuleResult result = runner.run(rule, used);

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.message()).contains("a loop must be new");
    assertThat(ToyRules.USED).hasSize(2).allMatch(EventLoop::isClosed);
  }

  private static RuleResult run(String method) {
    return run(method, PATIENT);
  }

  private static RuleResult run(String method, TckSettings settings) {
    return new RuleRunner(settings).run(rule(method), SUBJECT);
  }

  static RuleCase rule(String method) {
    return ToyRules.CHAPTER.rules().stream()
        .filter(rule -> rule.method().getName().equals(method))
        .findFirst()
        .orElseThrow();
  }
}
