package org.asyncio4j.spi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random programs, 10,000 in a normal build, behave as in the model of asyncio. {@code
 * -Dasyncio4j.test.seed=N} begins with another program, {@code -Dasyncio4j.test.programs=N} runs
 * another number of them.
 */
// Seconds of work: a busy machine needs more patience than usual.
@HangGuard
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ModelTest {

  // Each engine runs others unless a seed is given.
  private static final long PROGRAMS = Long.getLong("asyncio4j.test.programs", 5_000);

  @OnEachEngine
  void programsBehaveLikeTheModel(CoroutineMode mode) {
    Comparison comparison = new Comparison(mode, VirtualTimeLoop::new);

    assertThat(comparison.differences(seed(mode), PROGRAMS)).isEmpty();
  }

  private static long seed(CoroutineMode mode) {
    return Long.getLong("asyncio4j.test.seed", mode == CoroutineMode.CARRIER ? 0 : 5_000);
  }

  @Test
  void programsThatHangEndWhenTheyAreCancelled() {
    assertThat(traces()).noneMatch(trace -> trace.contains("forever"));
  }

  @Test
  void programsDoAllThatTheyCan() {
    List<String> traces = traces();

    for (String seen :
        List.of(
            "results in timeout",
            "results in failure(",
            "results in cancelled(",
            "results in [",
            "results in done [",
            "results in illegal state",
            "leaves d1 timeout",
            "leaves g1 failure(",
            "leaves g1 cancelled(",
            "catches cancelled",
            "of a shielded future",
            "refused t",
            "Reschedule[limit=d1, units=3] refused",
            "failure(x1) & [",
            "uncancel leaves 1",
            "is cancelling 2",
            "hang [")) {
      assertThat(traces)
          .as("a trace in which there is: %s", seen)
          .anyMatch(trace -> trace.contains(seen));
    }
  }

  private static List<String> traces() {
    return LongStream.range(0, 5_000)
        .mapToObj(ProgramGenerator::generate)
        .map(program -> String.join("\n", ReferenceModel.trace(program)))
        .toList();
  }
}
