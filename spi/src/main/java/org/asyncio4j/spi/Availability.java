package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

/**
 * Whether a loop can work on this machine; if no loop is found, the error lists each provider with
 * its reason.
 */
public sealed interface Availability {

  /** The loop can work here. */
  record Available() implements Availability {}

  /**
   * The loop cannot work here.
   *
   * @param reason what is missing, in a few words that make sense in a list, for instance {@code
   *     needs Linux but os.name is Mac OS X}
   */
  record Unavailable(String reason) implements Availability {

    /** Checks the components. */
    public Unavailable {
      requireNonNull(reason, "reason");
    }
  }

  /** {@return a value that says that the loop can work here} */
  static Availability available() {
    return new Available();
  }

  /**
   * Returns a value that says that the loop cannot work here.
   *
   * @param reason what is missing
   * @return the value
   */
  static Availability unavailable(String reason) {
    return new Unavailable(reason);
  }
}
