package org.asyncio4j.spi.transport;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams that a transport still has to send: copies, so that nobody can change them any
 * more. It knows no socket and calls nobody.
 */
final class SendQueue {

  /**
   * What a datagram counts for besides its bytes: without it, those that have none would grow the
   * queue without limit.
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
   * Copies a datagram to the end.
   *
   * @param source its bytes; its position is at its limit afterwards
   * @param to where to
   */
  void add(ByteBuffer source, @Nullable SocketAddress to) {
    PendingDatagram pending =
        new PendingDatagram(ByteBuffer.allocate(source.remaining()).put(source).flip(), to);
    datagrams.addLast(pending);
    size += cost(pending);
  }

  /** {@return the datagram whose turn it is} There must be one. */
  PendingDatagram first() {
    return requireNonNull(datagrams.peekFirst(), "first");
  }

  /** Forgets the datagram whose turn it was. Does nothing if there is none. */
  void removeFirst() {
    PendingDatagram removed = datagrams.pollFirst();
    if (removed != null) {
      size -= cost(removed);
    }
  }

  /** Forgets everything. */
  void clear() {
    datagrams.clear();
    size = 0;
  }

  private static long cost(PendingDatagram datagram) {
    // Of the whole, whatever a socket has done to the position.
    return datagram.data().limit() + (long) HEADER_BYTES;
  }
}
