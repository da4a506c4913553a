package org.example.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Starts an application of Spring Boot, whose libraries are jars in a jar. */
@Timeout(240)
final class SpringBootTest {

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
  void itHasAllLoopsAndTheCarrierEngineAndEndsBySigterm() throws Exception {
    try (Packed app = Packed.startJar(Packed.RECIPES.resolve("spring-boot/target/app.jar"))) {
      assertThat(app.awaitLine("running")).isEqualTo(Loops.bestIsRunning());

      app.terminate();

      assertThat(app.awaitEnd()).as(app.everything()).isEqualTo(143);
      assertThat(app.printed())
          .containsSubsequence("cleaned up", "ended: terminated by SIGTERM", "context closed");
      assertThat(app.errors()).isEmpty();
    }
  }
}
