package org.asyncio4j.tck.faults;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** How a line hands on what it hears. Every byte is handed on, in order, sooner or later. */
public sealed interface Pace {

  /** At once, as it comes. */
  record Straight() implements Pace {}

  /**
   * Late.
   *
   * @param pause how late each piece is
   * @param pieces how many pieces; those after them are handed on at once
   */
  record Delayed(Duration pause, int pieces) implements Pace {

    /** Checks the components. */
    public Delayed {
      requireNotNegative(pause, "pause");
      requireNotNegative(pieces, "pieces");
    }
  }

  /**
   * In small pieces, each of which is flushed.
   *
   * @param mostBytes the size of the largest piece
   * @param pieces how many pieces; what comes after them is handed on as it comes
   * @param pause how long to wait after each piece
   * @param seed decides on the sizes
   */
  record Split(int mostBytes, int pieces, Duration pause, long seed) implements Pace {

    /** Checks the components. */
    public Split {
      if (mostBytes < 1) {
        throw new IllegalArgumentException("mostBytes must be positive but was " + mostBytes);
      }
      requireNotNegative(pause, "pause");
      requireNotNegative(pieces, "pieces");
    }
  }

  /**
   * In large pieces: gathers what comes within a moment.
   *
   * @param gather how long a moment is
   * @param pieces how many pieces; what comes after them is handed on as it comes
   */
  record Coalesced(Duration gather, int pieces) implements Pace {

    /** Checks the components. */
    public Coalesced {
      requireNotNegative(gather, "gather");
      requireNotNegative(pieces, "pieces");
    }
  }

  private static void requireNotNegative(Duration duration, String name) {
    if (requireNonNull(duration, name).isNegative()) {
      throw new IllegalArgumentException(
          "%s must not be negative but was %s".formatted(name, duration));
    }
  }

  private static void requireNotNegative(int count, String name) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "%s must not be negative but was %d".formatted(name, count));
    }
  }
}
