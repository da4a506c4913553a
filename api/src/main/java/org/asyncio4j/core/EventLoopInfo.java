package org.asyncio4j.core;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is known of a kind of event loop before one is opened: an element of {@code
 * Asyncio.eventLoops()}.
 *
 * @param name what opens it by name, for instance {@code nio} or {@code epoll}
 * @param priority which of several to take where the program names none: the highest that works
 * @param unavailability why it cannot be used here, if so
 */
public record EventLoopInfo(String name, int priority, Optional<String> unavailability) {

  /** Checks the components. */
  public EventLoopInfo {
    requireNonNull(name, "name");
    requireNonNull(unavailability, "unavailability");
  }

  /** {@return whether a loop of this kind can be opened here} */
  public boolean isAvailable() {
    return unavailability.isEmpty();
  }
}
