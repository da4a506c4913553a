package org.asyncio4j.spi.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.asyncio4j.spi.CoroutineMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopPropertiesTest {

  @BeforeEach
  @AfterEach
  void clear() {
    System.clearProperty("asyncio4j.loop");
    System.clearProperty("asyncio4j.coroutines");
    System.clearProperty("asyncio4j.debug");
  }

  @Test
  void withoutPropertiesEverythingIsChosenByTheFramework() {
    LoopProperties properties = LoopProperties.read();
    assertThat(properties.loop()).isEmpty();
    assertThat(properties.coroutines()).isEqualTo(CoroutineMode.AUTO);
    assertThat(properties.debug()).isFalse();
  }

  @Test
  void aNameChoosesTheLoop() {
    System.setProperty("asyncio4j.loop", "nio");
    assertThat(LoopProperties.read().loop()).contains("nio");
  }

  @Test
  void aBlankNameChoosesNone() {
    System.setProperty("asyncio4j.loop", " ");
    assertThat(LoopProperties.read().loop()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"auto, AUTO", "carrier, CARRIER", "handoff, HANDOFF", "Carrier, CARRIER"})
  void coroutinesChooseTheEngine(String value, CoroutineMode mode) {
    System.setProperty("asyncio4j.coroutines", value);
    assertThat(LoopProperties.read().context().coroutines()).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "carrier "})
  void unknownCoroutinesAreAnErrorThatNamesTheProperty(String value) {
    System.setProperty("asyncio4j.coroutines", value);
    assertThatThrownBy(LoopProperties::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "system property asyncio4j.coroutines must be auto, carrier or handoff: " + value);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "TRUE, true", "false, false"})
  void debugTurnsDebugModeOn(String value, boolean on) {
    System.setProperty("asyncio4j.debug", value);
    assertThat(LoopProperties.read().context().debug()).isEqualTo(on);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "1"})
  void anUnknownDebugModeIsAnErrorThatNamesTheProperty(String value) {
    System.setProperty("asyncio4j.debug", value);
    assertThatThrownBy(LoopProperties::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("system property asyncio4j.debug must be true or false: " + value);
  }
}
