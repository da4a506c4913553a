package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that have arrived but are not decrypted yet. Holds a buffer of the pool while data
 * arrives, and between events only the bytes of an incomplete record.
 *
 * <p>The cost of copying kept bytes is proportional to the bytes that arrive, even in small pieces:
 * if a peer sends a record byte by byte, the whole record is not copied each time.
 */
final class TlsInput {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int LEAST_ROOM = 4 * 1024;

  private final TlsBuffers buffers;

  // Unread bytes are between position and limit; if the buffer is lent, there is room after the
  // limit.
  private ByteBuffer data = NOTHING;
  private boolean lent;

  // Receives bytes, from its position on, while older ones are kept; there is room for those before
  // the position, unless there are many.
  private @Nullable ByteBuffer fresh;

  TlsInput(TlsBuffers buffers) {
    this.buffers = buffers;
  }

  /** {@return the bytes that are not decrypted yet; decrypting moves the position} */
  ByteBuffer unread() {
    return data;
  }

  boolean isEmpty() {
    return !data.hasRemaining();
  }

  /** {@return whether reading should pause for now} */
  boolean isFull() {
    return data.remaining() >= TlsBuffers.BYTES / 2;
  }

  /** {@return the buffer for the next bytes; {@link #added} reports how many arrived} */
  ByteBuffer room() {
    if (lent) {
      if (data.capacity() - data.limit() < LEAST_ROOM) {
        makeRoom();
      }
      return data.duplicate().limit(data.capacity()).position(data.limit());
    }
    giveFreshBack();
    int kept = data.remaining();
    boolean fits = kept + LEAST_ROOM <= TlsBuffers.BYTES;
    ByteBuffer taken = buffers.take(LEAST_ROOM).position(fits ? kept : 0);
    fresh = taken;
    return taken.duplicate();
  }

  void added(int count) {
    if (fresh == null) {
      data.limit(data.limit() + count);
    } else if (data.remaining() == fresh.position() && data.remaining() <= count) {
      moveInto(fresh, data.remaining() + count);
    } else {
      append(fresh.limit(fresh.position() + count));
      giveFreshBack();
    }
  }

  /** Adds bytes that arrived in another way. */
  void add(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      settle();
      append(bytes);
    }
  }

  /** Returns the buffer to the pool, and keeps its unread bytes. */
  void settle() {
    giveFreshBack();
    if (lent) {
      ByteBuffer rest = data.hasRemaining() ? copyOf(data, data.remaining()) : NOTHING;
      release();
      data = rest;
    } else if (!data.hasRemaining()) {
      data = NOTHING;
    }
  }

  /** Drops everything. */
  void release() {
    giveFreshBack();
    if (lent) {
      buffers.giveBack(data);
      lent = false;
    }
    data = NOTHING;
  }

  /** Moves the kept bytes in front of the new ones. */
  private void moveInto(ByteBuffer taken, int total) {
    data = taken.clear().put(data).position(0).limit(total);
    lent = true;
    fresh = null;
  }

  /** Appends to the kept bytes, with more spare room each time that the array grows. */
  private void append(ByteBuffer bytes) {
    int end = data.limit();
    int total = data.remaining() + bytes.remaining();
    if (data.capacity() - end < bytes.remaining()) {
      data = copyOf(data, data.hasRemaining() ? Math.max(2 * data.remaining(), total) : total);
      end = data.limit();
    }
    int grown = end;
    try {
      data.limit(end + bytes.remaining()).put(end, bytes, bytes.position(), bytes.remaining());
      grown += bytes.remaining();
    } finally {
      data.limit(grown); // the uncopied rest is not data of the peer
    }
    bytes.position(bytes.limit());
  }

  private void giveFreshBack() {
    if (fresh != null) {
      buffers.giveBack(fresh);
      fresh = null;
    }
  }

  private void makeRoom() {
    if (data.position() >= LEAST_ROOM) {
      data.compact().flip();
    } else {
      ByteBuffer full = data;
      data = copyOf(full, full.capacity() * 2);
      buffers.giveBack(full);
    }
  }

  private static ByteBuffer copyOf(ByteBuffer source, int capacity) {
    return ByteBuffer.allocate(capacity).put(source).flip();
  }
}
