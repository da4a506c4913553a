package org.asyncio4j.tck.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.asyncio4j.spi.EventLoopProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Connections that open, exchange data, break, are cut off and are cancelled, for a time, and leave
 * nothing behind. Short unless {@code soak.minutes} is set.
 */
final class SoakTest {

  // See CONTRIBUTING.md for the measurements. A short run loads classes until its end.
  private static final long HEAP_TOLERANCE_BYTES = 2L << 20;
  private static final long SHORT_HEAP_TOLERANCE_BYTES = 16L << 20;
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG_HOSTILE_LIMIT = Duration.ofMinutes(1);
  private static final int WARM_UP_PART = 5;

  private static final String MINUTES = System.getProperty("soak.minutes", "");
  private static final long SEED = Long.getLong("soak.seed", 1);
  private static final int CONNECTIONS =
      Integer.getInteger("soak.connections", MINUTES.isEmpty() ? 40 : 1000);

  static Stream<String> loops() {
    String only = System.getProperty("soak.loop", "");
    return only.isEmpty()
        ? ServiceLoader.load(EventLoopProvider.class).stream().map(found -> found.get().name())
        : Stream.of(only);
  }

  @ParameterizedTest
  @MethodSource("loops")
  void nothingIsLeftOfConnections(String loop) {
    Duration length =
        MINUTES.isEmpty()
            ? SHORT
            : Duration.ofSeconds(Math.round(60 * Double.parseDouble(MINUTES)));
    long tolerance = MINUTES.isEmpty() ? SHORT_HEAP_TOLERANCE_BYTES : HEAP_TOLERANCE_BYTES;
    try (Soak soak = new Soak(loop, SEED, MINUTES.isEmpty() ? SHORT : LONG_HOSTILE_LIMIT)) {
      int descriptors = Census.countDescriptors();
      soak.round(0, CONNECTIONS, length.dividedBy(WARM_UP_PART));
      Census before = soak.census(descriptors);
      say("%s, seed %d, %d connections, after the warm-up: %s", loop, SEED, CONNECTIONS, before);

      soak.round(1, CONNECTIONS, length);
      Census after = soak.census(before.descriptors());
      say("%s, after %s: %s", loop, length, after);
      say("%s, connections: %s", loop, soak.tally());
      String growth = after.heap().growthSince(before.heap());
      say("%s, growth in bytes: %s", loop, growth);

      assertThat(soak.tally().faults()).as("what must not happen, seed %d", SEED).isEmpty();
      assertThat(after.descriptors()).as("descriptors").isEqualTo(before.descriptors());
      assertThat(after.tasks()).as("tasks").isZero();
      assertThat(after.threads()).as("threads").isEqualTo(before.threads());
      assertThat(after.heap().bytes())
          .as("heap, by class: %s", growth)
          .isLessThanOrEqualTo(before.heap().bytes() + tolerance);
    }
  }

  private static void say(String line, Object... details) {
    System.out.println("soak: " + line.formatted(details));
  }
}
