package org.asyncio4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.asyncio4j.Runner;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.core.CoroutineEngine;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.BaseEventLoop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program chooses the engine of its tasks, regardless of the system property. */
class ChosenEngineTest {

  @ParameterizedTest
  @EnumSource(
      value = CoroutineEngine.class,
      names = {"CARRIER", "HANDOFF"})
  void theEngineComesFromTheOptionsOfTheRunner(CoroutineEngine engine) {
    RunnerOptions options = RunnerOptions.defaults().withLoop("nio").withCoroutines(engine);
    try (Runner runner = Runner.create(options)) {
      assertThat(engineOf(runner.loop())).isEqualTo(engine.name().toLowerCase(Locale.ROOT));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CoroutineEngine.class,
      names = {"CARRIER", "HANDOFF"})
  void theOrderOfTheOptionsDoesNotMatter(CoroutineEngine engine) {
    RunnerOptions options = RunnerOptions.defaults().withCoroutines(engine).withLoop("nio");
    assertThat(options.loop()).contains("nio");
    assertThat(options.coroutines()).contains(engine);
    assertThat(options.withLoopFactory(() -> null).loop()).isEmpty();
  }

  private static String engineOf(EventLoop loop) {
    return ((BaseEventLoop) loop).coroutineEngine();
  }
}
