package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Who finds the addresses of hosts, and how long that may take.
 *
 * @param resolver finds the addresses
 * @param timeLimit after which a host counts as not found
 */
public record NameResolution(Resolver resolver, Duration timeLimit) {

  private static final NameResolution DEFAULTS =
      new NameResolution(Resolver.system(), Duration.ofSeconds(30));

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the time limit is not positive
   */
  public NameResolution {
    requireNonNull(resolver, "resolver");
    requireNonNull(timeLimit, "timeLimit");
    if (!timeLimit.isPositive()) {
      throw new IllegalArgumentException(
          "timeLimit must be positive but was %s; choose a long one for almost no limit"
              .formatted(timeLimit));
    }
  }

  /** {@return the system's resolver, which has 30 seconds} */
  public static NameResolution defaults() {
    return DEFAULTS;
  }

  /**
   * Returns the same with another resolver.
   *
   * @param changed finds the addresses
   * @return the changed options
   */
  public NameResolution withResolver(Resolver changed) {
    return new NameResolution(changed, timeLimit);
  }

  /**
   * Returns the same with another time limit.
   *
   * @param changed after which a host counts as not found
   * @return the changed options
   * @throws IllegalArgumentException if it is not positive
   */
  public NameResolution withTimeLimit(Duration changed) {
    return new NameResolution(resolver, changed);
  }
}
