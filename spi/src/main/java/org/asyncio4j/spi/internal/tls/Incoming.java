package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;

/**
 * What has arrived and was not decrypted yet. Holds a buffer of the pool while data comes in, and
 * between two events just the bytes of a record that is not complete.
 */
final class Incoming {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int LEAST_ROOM = 4 * 1024;

  private final TlsBuffers buffers;

  // What is unread lies between position and limit, room behind the limit if it is lent.
  private ByteBuffer data = NOTHING;
  private boolean lent;

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
    if (!lent) {
      moveTo(buffers.take(data.remaining() + LEAST_ROOM));
    } else if (data.capacity() - data.limit() < LEAST_ROOM) {
      makeRoom();
    }
    return data.duplicate().limit(data.capacity()).position(data.limit());
  }

  void added(int count) {
    data.limit(data.limit() + count);
  }

  /** Takes bytes that came another way. */
  void add(ByteBuffer bytes) {
    ByteBuffer joined = ByteBuffer.allocate(data.remaining() + bytes.remaining());
    joined.put(data).put(bytes).flip();
    release();
    data = joined;
  }

  /** Gives the buffer back, and keeps what is in it. */
  void settle() {
    if (lent) {
      ByteBuffer rest = data.hasRemaining() ? copyOf(data) : NOTHING;
      release();
      data = rest;
    }
  }

  /** Forgets everything. */
  void release() {
    if (lent) {
      buffers.giveBack(data);
      lent = false;
    }
    data = NOTHING;
  }

  private void makeRoom() {
    if (data.position() >= LEAST_ROOM) {
      int count = data.remaining();
      data.compact().position(0).limit(count);
    } else {
      ByteBuffer full = data;
      moveTo(ByteBuffer.allocate(full.capacity() * 2));
      buffers.giveBack(full);
    }
  }

  private void moveTo(ByteBuffer target) {
    data = target.put(data).flip();
    lent = true;
  }

  private static ByteBuffer copyOf(ByteBuffer source) {
    return ByteBuffer.allocate(source.remaining()).put(source).flip();
  }
}
