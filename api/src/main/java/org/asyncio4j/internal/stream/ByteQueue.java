package org.asyncio4j.internal.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes in order of arrival: appended at the end, taken from the front, in one array that grows.
 *
 * <p>Bytes are moved only if at least as many were taken since, or when the array doubles: what a
 * byte costs does not depend on how many wait. An empty queue keeps no large array.
 */
final class ByteQueue {

  private static final int MIN_CAPACITY = 512;
  private static final int KEPT_CAPACITY = 64 * 1024;
  // What the virtual machine can be sure to allocate.
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

  /** How many bytes fit without a larger array. */
  int capacity() {
    return array.length;
  }

  byte get(int index) {
    return array[start + index];
  }

  /** Takes all bytes of a buffer. */
  void append(ByteBuffer data) {
    int count = data.remaining();
    makeRoom(count);
    data.get(array, start + size, count);
    size += count;
  }

  /** The index of a byte at or after an index, -1 if there is none. */
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

  /** The index of a sequence of bytes at or after an index, -1 if it is not there as a whole. */
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

  /** Removes the first so many bytes, or all if there are fewer. */
  byte[] take(int count) {
    int taken = Math.min(count, size);
    byte[] bytes = Arrays.copyOfRange(array, start, start + taken);
    drop(taken);
    return bytes;
  }

  /** Moves bytes into a buffer, until it is full or nothing is left. */
  int take(ByteBuffer target) {
    int taken = Math.min(target.remaining(), size);
    target.put(array, start, taken);
    drop(taken);
    return taken;
  }

  /** Removes the first so many bytes, which must be there. */
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
          "a stream can hold %d bytes at most but would have to hold %d; read less at a time"
              .formatted(MAX_CAPACITY, needed));
    }
    long doubled = Math.max(MIN_CAPACITY, 2L * array.length);
    return (int) Math.clamp(doubled, needed, (long) MAX_CAPACITY);
  }
}
