package org.asyncio4j.spi.internal.bootstrap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.NanoClock;

/**
 * The system properties of asyncio4j, read for each loop that is opened. {@code asyncio4j.spin} is
 * also read for each loop, but elsewhere: it is the time in microseconds, at most 1000, that a loop
 * may poll for work before it sleeps. The default is 0, which disables that.
 *
 * @param loop {@code asyncio4j.loop}: the name of the loop to open if the program names none
 * @param coroutines {@code asyncio4j.coroutines}: {@code auto}, {@code carrier} or {@code handoff}
 * @param debug {@code asyncio4j.debug}: {@code true} or {@code false}, whether debug mode is
 *     initially on
 */
record LoopProperties(Optional<String> loop, CoroutineMode coroutines, boolean debug) {

  private static final String LOOP = "asyncio4j.loop";
  private static final String COROUTINES = "asyncio4j.coroutines";
  private static final String DEBUG = "asyncio4j.debug";

  static LoopProperties read() {
    return new LoopProperties(
        Optional.ofNullable(System.getProperty(LOOP)).filter(name -> !name.isBlank()),
        coroutines(System.getProperty(COROUTINES, "auto")),
        debug(System.getProperty(DEBUG, "false")));
  }

  LoopContext context() {
    return new LoopContext(NanoClock.system(), coroutines, debug);
  }

  private static boolean debug(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "system property %s must be true or false: %s".formatted(DEBUG, value));
    };
  }

  private static CoroutineMode coroutines(String value) {
    return Arrays.stream(CoroutineMode.values())
        .filter(mode -> mode.name().equals(value.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "system property %s must be auto, carrier or handoff: %s"
                    .formatted(COROUTINES, value)));
  }
}
