package org.asyncio4j.internal.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes in order of arrival: appended at the end, taken from the front, in one array that grows.
 *
 * <p>Bytes are moved only if at least as many have been taken since the last move, or when the
 * array doubles, so the cost per byte does not depend on the number of waiting bytes. An empty
 * queue keeps no large array.
 */
final class ByteQueue {

  private static final int MIN_CAPACITY = 512;
  private static final int KEPT_CAPACITY = 64 * 1024;
  // The largest array that every JVM can allocate.
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

  private byte[] array = {};
  private int start;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Returns the number of bytes that fit without a larger array. */
  int capacity() {
    return array.length;
  }

  byte get(int index) {
    return array[start + index];
  }

  /** Appends all bytes of a buffer. */
  void append(ByteBuffer data) {
    int count = data.remaining();
    makeRoom(count);
    data.get(array, start + size, count);
    size += count;
  }

  /** Returns the index of a byte at or after an index, or -1 if there is none. */
  int indexOf(byte wanted, int from) {
    byte[] bytes = array;
    int end = start + size;
    for (int at = start + from; at < end; at++) {
      if (bytes[at] == wanted) {
        return at - start;
      }
    }
    return -1;
  }

  /**
   * Returns the index of a sequence of bytes at or after an index, or -1 if the complete sequence
   * is not there.
   */
  int indexOf(byte[] wanted, int from) {
    int last = size - wanted.length;
    int at = indexOf(wanted[0], from);
    while (at >= 0 && at <= last) {
      if (matches(wanted, at)) {
        return at;
      }
      at = indexOf(wanted[0], at + 1);
    }
    return -1;
  }

  /** Removes a number of bytes from the front, or all if there are fewer. */
  byte[] take(int count) {
    int taken = Math.min(count, size);
    byte[] bytes = Arrays.copyOfRange(array, start, start + taken);
    drop(taken);
    return bytes;
  }

  /** Moves bytes into a buffer, until it is full or no byte is left. */
  int take(ByteBuffer target) {
    int taken = Math.min(target.remaining(), size);
    target.put(array, start, taken);
    drop(taken);
    return taken;
  }

  /** Removes a number of bytes from the front; there must be enough. */
  void drop(int count) {
    size -= count;
    start += count;
    if (size == 0) {
      clear();
    }
  }

  void clear() {
    start = 0;
    size = 0;
    if (array.length > KEPT_CAPACITY) {
      array = new byte[0];
    }
  }

  private boolean matches(byte[] wanted, int index) {
    int at = start + index;
    return Arrays.equals(array, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private void makeRoom(int count) {
    if (count <= array.length - start - size) {
      return;
    }
    long needed = (long) size + count;
    byte[] roomy = array;
    if (needed > array.length || start < size) {
      roomy = new byte[capacityFor(needed)];
    }
    System.arraycopy(array, start, roomy, 0, size);
    array = roomy;
    start = 0;
  }

  private int capacityFor(long needed) {
    if (needed > MAX_CAPACITY) {
      throw new OutOfMemoryError(
          "cannot buffer %d bytes in a stream: it holds at most %d; read less at a time"
              .formatted(needed, MAX_CAPACITY));
    }
    long doubled = Math.max(MIN_CAPACITY, 2L * array.length);
    return (int) Math.clamp(doubled, needed, (long) MAX_CAPACITY);
  }
}
