package org.asyncio4j.net.options;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resolver that finds the addresses of hosts, and its time limit. */
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
          "timeLimit must be positive: %s; use a long one for practically no limit"
              .formatted(timeLimit));
    }
    this.resolver = resolver;
    this.timeLimit = timeLimit;
  }

  /** {@return the system's resolver with a limit of 30 seconds} */
  public static NameResolution defaults() {
    return DEFAULTS;
  }

  /**
   * Returns these settings with the given resolver.
   *
   * @param changed the resolver
   * @return the changed settings
   */
  public NameResolution withResolver(Resolver changed) {
    return new NameResolution(changed, timeLimit);
  }

  /**
   * Returns these settings with the given time limit.
   *
   * @param changed the time after which the lookup of a host fails
   * @return the changed settings
   * @throws IllegalArgumentException if it is not positive
   */
  public NameResolution withTimeLimit(Duration changed) {
    return new NameResolution(resolver, changed);
  }

  /** {@return the resolver} */
  public Resolver resolver() {
    return resolver;
  }

  /** {@return the time after which the lookup of a host fails} */
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
