package org.asyncio4j.spi.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.spi.fixture.ForkedJvm;
import org.example.termination.TerminatedProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SIGTERM does to a program: each test raises a real one in a JVM of its own. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
class TerminationTest {

  private static final int BY_TERMINATION = 143;

  @Test
  void theProgramCleansUpAndExits() throws Exception {
    expect(
        run("once"),
        "runs",
        "task cleans up",
        "task is clean",
        "ended: terminated by SIGTERM",
        "thread is clean",
        "hook");
  }

  @Test
  void theSecondEndsTheProgramAtOnce() throws Exception {
    expect(run("twice"), "runs", "task cleans up", "hook");
  }

  @Test
  void aTaskThatContinuesIsNamedWhenTheLimitHasPassed() throws Exception {
    ForkedJvm jvm = run("swallowing");
    assertThat(jvm.output())
        .contains(
            "cannot end within PT0.3S of SIGTERM: the main task still runs",
            "StubbornPrograms.swallow",
            "exiting with status 143")
        .contains("hook");
    assertThat(jvm.exitStatus()).isEqualTo(BY_TERMINATION);
  }

  @Test
  void aLoopThatIsBlockedIsLeftWhenTheLimitHasPassed() throws Exception {
    ForkedJvm jvm = run("blocking");
    assertThat(jvm.output())
        .contains("the main task still runs", "StubbornPrograms.block")
        .contains("hook")
        .doesNotContain("task cleans up");
    assertThat(jvm.exitStatus()).isEqualTo(BY_TERMINATION);
  }

  @Test
  void aThreadThatContinuesIsNamedWhenTheLimitHasPassed() throws Exception {
    ForkedJvm jvm = run("pooled");
    assertThat(jvm.output())
        .contains("thread pool still runs after Runner.run", "exiting with status 143")
        .contains("ended", "hook");
    assertThat(jvm.exitStatus()).isEqualTo(BY_TERMINATION);
  }

  @Test
  void aThreadOfAPoolIsNotWaitedForOnceItsRunnerIsClosed() throws Exception {
    expect(run("done-in-a-pool"), "ended: terminated by SIGTERM", "hook");
  }

  @ParameterizedTest
  @ValueSource(strings = {"carrier", "handoff"})
  void aTaskThatBlocksCleansUp(String engine) throws Exception {
    ForkedJvm jvm =
        ForkedJvm.run(
            List.of("-Dasyncio4j.coroutines=" + engine), TerminatedProgram.class, "sleeping");
    assertThat(jvm.output()).contains("task cleans up", "hook").doesNotContain("cannot end");
    assertThat(jvm.exitStatus()).isEqualTo(BY_TERMINATION);
  }

  @Test
  void thereMayBeNoLimit() throws Exception {
    ForkedJvm jvm = run("unlimited");
    assertThat(jvm.output()).contains("task cleans up", "hook");
    assertThat(jvm.exitStatus()).isEqualTo(BY_TERMINATION);
  }

  @Test
  void theOptionLeavesItAlone() throws Exception {
    expect(run("off"), "runs", "hook");
  }

  @Test
  void betweenTwoRunsTheNextIsCancelledBeforeItBegins() throws Exception {
    expect(
        run("between"),
        "first run",
        "cancelled: terminated by SIGTERM",
        "run that cleans up",
        "hook");
  }

  @Test
  void beforeTheFirstRunItIsCancelled() throws Exception {
    expect(run("before"), "cancelled: terminated by SIGTERM", "hook");
  }

  @Test
  void closingContinues() throws Exception {
    expect(run("closing"), "closes", "task is clean", "thread is clean", "hook");
  }

  @Test
  void afterTheRunItEndsTheProgramAsUsual() throws Exception {
    expect(run("after"), "ended", "hook");
  }

  @Test
  void theTaskMayExitByItself() throws Exception {
    ForkedJvm jvm = run("exiting");
    assertThat(jvm.output()).isEqualToIgnoringNewLines("runsexitshook");
    assertThat(jvm.exitStatus()).isEqualTo(7);
  }

  @Test
  void afterCtrlCItStillHasItsLimit() throws Exception {
    expect(
        run("interrupted"),
        "runs",
        "interrupted by Ctrl-C",
        "terminated by SIGTERM",
        "task is clean",
        "ended",
        "hook");
  }

  @Test
  void twoRunnersAreBothWaitedFor() throws Exception {
    ForkedJvm jvm = run("two");
    assertThat(jvm.output().lines())
        .containsExactlyInAnyOrder("left is clean", "right is clean", "hook");
    assertThat(jvm.exitStatus()).isEqualTo(BY_TERMINATION);
  }

  @Test
  void theRunnerThatIsLeftStillHasTheSignal() throws Exception {
    expect(run("outlasting"), "inner ended", "outer is clean", "hook");
  }

  @Test
  void handlerOfTheProgramIsKept() throws Exception {
    ForkedJvm jvm = run("foreign");
    assertThat(jvm.output()).isEqualToIgnoringNewLines("runsforeign handlerendedhook");
    assertThat(jvm.exitStatus()).isZero();
  }

  @Test
  void aHandlerInstalledInBetweenIsKept() throws Exception {
    ForkedJvm jvm = run("replaced");
    assertThat(jvm.output()).isEqualToIgnoringNewLines("replacementreplacementendedhook");
    assertThat(jvm.exitStatus()).isZero();
  }

  @Test
  void withoutSignalsOfTheJvmNothingIsChanged() throws Exception {
    ForkedJvm jvm = ForkedJvm.run(List.of("-Xrs"), TerminatedProgram.class, "killed");
    assertThat(jvm.output()).isEqualToIgnoringNewLines("runs");
    assertThat(jvm.exitStatus()).isEqualTo(BY_TERMINATION);
  }

  @Test
  void aLimitIsPositive() {
    RunnerOptions options = RunnerOptions.defaults();
    Stream.of(Duration.ZERO, Duration.ofSeconds(-1))
        .forEach(limit ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withTerminationLimit(limit))
                .withMessageContaining(limit.toString()));
    assertThat(options.terminationLimit()).isEqualTo(Duration.ofSeconds(8));
  }

  private static ForkedJvm run(String mode) throws Exception {
    return ForkedJvm.run(TerminatedProgram.class, mode);
  }

  private static void expect(ForkedJvm jvm, String... lines) {
    assertThat(jvm.output().lines()).containsExactly(lines);
    assertThat(jvm.exitStatus()).isEqualTo(BY_TERMINATION);
  }
}
