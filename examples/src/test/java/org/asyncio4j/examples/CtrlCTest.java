package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Presses Ctrl-C. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "kill -INT is needed")
final class CtrlCTest {

  static Stream<Setup> setups() {
    return Setup.all();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void programCleansUpBeforeItEnds(Setup setup) throws Exception {
    try (ForkedProgram program = ForkedProgram.onClassPath(setup, "CtrlC")) {
      program.awaitLine("working");

      program.interrupt();

      assertThat(program.awaitEnd().lines().skip(1))
          .containsExactly("cleaning up", "clean", "stopped: interrupted by Ctrl-C");
      assertThat(program.exitStatus()).isZero();
    }
  }
}
