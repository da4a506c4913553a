package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who finds the addresses of hosts, and how long that may take. */
public final class NameResolution {

  private static final NameResolution DEFAULTS =
      new NameResolution(Resolver.system(), Duration.ofSeconds(30));

  private final Resolver resolver;
  private final Duration timeLimit;

  private NameResolution(Resolver resolver, Duration timeLimit) {
    requireNonNull(resolver, "resolver");
    requireNonNull(timeLimit, "timeLimit");
    if (!timeLimit.isPositive()) {
      throw new IllegalArgumentException(
          "timeLimit must be positive but was %s; choose a long one for almost no limit"
              .formatted(timeLimit));
    }
    this.resolver = resolver;
    this.timeLimit = timeLimit;
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

  /** {@return finds the addresses} */
  public Resolver resolver() {
    return resolver;
  }

  /** {@return after which a host counts as not found} */
  public Duration timeLimit() {
    return timeLimit;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NameResolution that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "NameResolution%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("resolver", resolver);
    components.put("timeLimit", timeLimit);
    return components;
  }
}
