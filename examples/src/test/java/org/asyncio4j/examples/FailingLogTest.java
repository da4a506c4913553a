package org.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FailingLogTest {

  @Test
  void loopOpensAfterTheNoticeOfTheHandOffEngineCouldNotBeLogged() throws Exception {
    try (ForkedProgram program =
        ForkedProgram.onClassPath(List.of("--enable-native-access=ALL-UNNAMED"), "FailingLog")) {
      assertThat(program.awaitEnd().lines())
          .containsExactly("java.lang.IllegalStateException: disk full", "ran");
    }
  }
}
