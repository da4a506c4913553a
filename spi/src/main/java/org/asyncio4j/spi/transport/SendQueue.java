package org.asyncio4j.spi.transport;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams that a transport still has to send: copies, which the application cannot change. It
 * knows no socket and makes no calls.
 */
final class SendQueue {

  /**
   * The size counted for each datagram in addition to its bytes: otherwise empty datagrams could
   * grow the queue without limit.
   */
  static final int HEADER_BYTES = 8;

  private final ArrayDeque<PendingDatagram> datagrams = new ArrayDeque<>();
  private long size;

  long size() {
    return size;
  }

  boolean isEmpty() {
    return datagrams.isEmpty();
  }

  /**
   * Adds a copy of a datagram to the end.
   *
   * @param source its bytes; its position is at its limit afterwards
   * @param to the destination
   */
  void add(ByteBuffer source, @Nullable SocketAddress to) {
    PendingDatagram pending =
        new PendingDatagram(ByteBuffer.allocate(source.remaining()).put(source).flip(), to);
    datagrams.addLast(pending);
    size += cost(pending);
  }

  /** {@return the first datagram} There must be one. */
  PendingDatagram first() {
    return requireNonNull(datagrams.peekFirst(), "first");
  }

  /** Removes the first datagram. Does nothing if there is none. */
  void removeFirst() {
    PendingDatagram removed = datagrams.pollFirst();
    if (removed != null) {
      size -= cost(removed);
    }
  }

  /** Removes all datagrams. */
  void clear() {
    datagrams.clear();
    size = 0;
  }

  private static long cost(PendingDatagram datagram) {
    // Counts the whole datagram, even if a socket has moved the position.
    return datagram.data().limit() + (long) HEADER_BYTES;
  }
}
