package org.asyncio4j.tck.faults;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** How a line passes on what it receives. Every byte is passed on, in order, sooner or later. */
public sealed interface Pace {

  /** At once. */
  record Straight() implements Pace {}

  /**
   * Late.
   *
   * @param pause the delay of each piece
   * @param pieces how many pieces; later pieces are passed on at once
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
   * @param pieces how many pieces; data after them is passed on at once
   * @param pause how long to wait after each piece
   * @param seed determines the sizes
   */
  record Split(int mostBytes, int pieces, Duration pause, long seed) implements Pace {

    /** Checks the components. */
    public Split {
      if (mostBytes < 1) {
        throw new IllegalArgumentException("mostBytes must be positive: " + mostBytes);
      }
      requireNotNegative(pause, "pause");
      requireNotNegative(pieces, "pieces");
    }
  }

  /**
   * In large pieces: gathers the data that arrives within a short time.
   *
   * @param gather that time
   * @param pieces how many pieces; data after them is passed on at once
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
      throw new IllegalArgumentException("%s must not be negative: %s".formatted(name, duration));
    }
  }

  private static void requireNotNegative(int count, String name) {
    if (count < 0) {
      throw new IllegalArgumentException("%s must not be negative: %d".formatted(name, count));
    }
  }
}
