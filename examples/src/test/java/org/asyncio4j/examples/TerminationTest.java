package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ends programs as Docker, Kubernetes and systemd do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "kill -TERM is needed")
final class TerminationTest {

  private static final int BY_TERMINATION = 143;

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void programCleansUpBeforeItExits(Setup setup) throws Exception {
    try (ForkedProgram program = ForkedProgram.onClassPath(setup, "CtrlC")) {
      expectCleanEnd(program);
    }
  }

  @ParameterizedTest
  @MethodSource("setups")
  void firstProcessOfContainerCleansUpBeforeItExits(Setup setup) throws Exception {
    assumeTrue(
        ForkedProgram.hasContainers(), "unshare --pid --fork --mount-proc is not permitted here");
    try (ForkedProgram program = ForkedProgram.inContainer(setup, "CtrlC")) {
      expectCleanEnd(program);
    }
  }

  private static void expectCleanEnd(ForkedProgram program) throws Exception {
    program.awaitLine("working");

    program.terminate();

    assertThat(program.awaitEnd().lines().skip(1))
        .containsExactly("cleaning up", "clean", "stopped: terminated by SIGTERM");
    assertThat(program.exitStatus()).isEqualTo(BY_TERMINATION);
  }
}
