package org.asyncio4j.core;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Information about a kind of event loop, available before one is opened: an element of {@code
 * Asyncio.eventLoops()}.
 *
 * @param name the name to open it by, for instance {@code nio} or {@code epoll}
 * @param priority if the program names no loop, the usable one with the highest priority is opened
 * @param unavailability why it cannot be used here, if it cannot
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
