package org.asyncio4j.spi.internal.bootstrap;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.EventLoopProvider;

/**
 * A provider and its properties, read once: third-party code is not called again while a loop is
 * chosen.
 */
record Candidate(EventLoopProvider provider, String name, int priority, Availability availability) {

  /** Reads the properties of a provider, which may throw anything. */
  static Candidate of(EventLoopProvider provider) {
    return new Candidate(
        provider,
        requireNonNull(provider.name(), "name"),
        provider.priority(),
        requireNonNull(provider.availability(), "availability"));
  }

  boolean isAvailable() {
    return availability instanceof Availability.Available;
  }

  String describe() {
    return switch (availability) {
      case Availability.Available() -> name;
      case Availability.Unavailable(String reason) -> name + " (" + reason + ")";
    };
  }

  String nameAndClass() {
    return name + " (" + provider.getClass().getName() + ")";
  }
}
