package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived and was not decrypted yet. Holds a buffer of the pool while data comes in, and
 * between two events just the bytes of a record that is not complete.
 *
 * <p>What is kept is copied at most once for each byte that arrives, however small the pieces: a
 * peer that sends a record byte by byte does not have the whole of it copied each time.
 */
final class Incoming {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int LEAST_ROOM = 4 * 1024;

  private final TlsBuffers buffers;

  // What is unread lies between position and limit, room behind the limit if it is lent.
  private ByteBuffer data = NOTHING;
  private boolean lent;

  // Where bytes arrive, from its position on, while older ones are kept; before it is room for
  // those, unless they are many.
  private @Nullable ByteBuffer fresh;

  Incoming(TlsBuffers buffers) {
    this.buffers = buffers;
  }

  /** {@return what was not decrypted yet; decrypting moves its position} */
  ByteBuffer unread() {
    return data;
  }

  boolean isEmpty() {
    return !data.hasRemaining();
  }

  /** {@return whether it would be better to read no more for now} */
  boolean isFull() {
    return data.remaining() >= TlsBuffers.BYTES / 2;
  }

  /** {@return where the next bytes go; {@link #added} says how many came} */
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

  /** Takes bytes that came another way. */
  void add(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      settle();
      append(bytes);
    }
  }

  /** Gives the buffer back, and keeps what is in it. */
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

  /** Forgets everything. */
  void release() {
    giveFreshBack();
    if (lent) {
      buffers.giveBack(data);
      lent = false;
    }
    data = NOTHING;
  }

  /** Puts what is kept before what has come. */
  private void moveInto(ByteBuffer taken, int total) {
    data = taken.clear().put(data).position(0).limit(total);
    lent = true;
    fresh = null;
  }

  /** Adds to what is kept, with more room each time that it has to grow. */
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
      data.limit(grown); // room into which nothing was copied is not what the peer has sent
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
