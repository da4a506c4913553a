package org.asyncio4j.net.socket;

import static java.util.Objects.requireNonNull;

import java.nio.channels.SelectableChannel;

/**
 * An object that a loop can watch for readiness to read or write: the argument {@code fd} of {@code
 * loop.add_reader} in asyncio.
 *
 * <p>Two of them are equal if they refer to the same object.
 */
public sealed interface Watchable {

  /**
   * A socket of the same loop. Every loop that supports watching can watch these.
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
   * A file descriptor of the system. Loops that use system calls directly can watch these.
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
            "descriptor must not be negative: %d; pass one that is open".formatted(number));
      }
    }
  }

  /**
   * Returns a watchable for a socket.
   *
   * @param socket a socket of the loop
   * @return the watchable
   */
  static Watchable of(BaseSocket socket) {
    return new OfSocket(socket);
  }

  /**
   * Returns a watchable for a channel.
   *
   * @param channel a channel in non-blocking mode
   * @return the watchable
   */
  static Watchable of(SelectableChannel channel) {
    return new OfChannel(channel);
  }

  /**
   * Returns a watchable for a file descriptor.
   *
   * @param number an open descriptor
   * @return the watchable
   * @throws IllegalArgumentException if it is negative
   */
  static Watchable ofDescriptor(int number) {
    return new OfDescriptor(number);
  }
}
