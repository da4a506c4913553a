package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.nio.channels.SelectableChannel;

/**
 * Something that a loop can tell to be ready for reading or writing: what {@code loop.add_reader}
 * of asyncio takes as {@code fd}.
 *
 * <p>Two of them are equal if they mean the same thing.
 */
public sealed interface Watchable {

  /**
   * A socket of the same loop. Every loop that can watch anything can watch these.
   *
   * @param socket the socket
   */
  record OfSocket(BaseSocket socket) implements Watchable {

    /** Checks the components. */
    public OfSocket {
      requireNonNull(socket, "socket");
    }
  }

  /**
   * A channel of the JDK, in non-blocking mode. Loops over {@link java.nio.channels.Selector} can
   * watch these.
   *
   * @param channel the channel
   */
  record OfChannel(SelectableChannel channel) implements Watchable {

    /** Checks the components. */
    public OfChannel {
      requireNonNull(channel, "channel");
    }
  }

  /**
   * A file descriptor of the system. Loops that call the system themselves can watch these.
   *
   * @param number its number, which must stay open as long as it is watched
   */
  record OfDescriptor(int number) implements Watchable {

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public OfDescriptor {
      if (number < 0) {
        throw new IllegalArgumentException(
            "descriptor must not be negative but was %d; pass one that is open".formatted(number));
      }
    }
  }

  /**
   * Returns a socket as something to watch.
   *
   * @param socket a socket of the loop
   * @return the same, to be watched
   */
  static Watchable of(BaseSocket socket) {
    return new OfSocket(socket);
  }

  /**
   * Returns a channel as something to watch.
   *
   * @param channel a channel in non-blocking mode
   * @return the same, to be watched
   */
  static Watchable of(SelectableChannel channel) {
    return new OfChannel(channel);
  }

  /**
   * Returns a file descriptor as something to watch.
   *
   * @param number an open descriptor
   * @return the same, to be watched
   * @throws IllegalArgumentException if it is negative
   */
  static Watchable ofDescriptor(int number) {
    return new OfDescriptor(number);
  }
}
