package org.asyncio4j.spi.internal.cycle;

import org.jspecify.annotations.Nullable;

/**
 * The entries that the loop runs next, first in first out: a growing ring. Confined to the loop's
 * thread.
 */
public final class ReadyQueue {

  private static final int INITIAL_CAPACITY = 1024;

  private @Nullable ReadyEntry[] ring = new @Nullable ReadyEntry[INITIAL_CAPACITY];
  private int head;
  private int size;

  public void add(ReadyEntry entry) {
    if (size == ring.length) {
      grow();
    }
    ring[(head + size++) & (ring.length - 1)] = entry;
  }

  public int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  @Nullable ReadyEntry peek() {
    return ring[head];
  }

  @Nullable ReadyEntry poll() {
    ReadyEntry entry = ring[head];
    if (entry != null) {
      ring[head] = null;
      head = (head + 1) & (ring.length - 1);
      size--;
    }
    return entry;
  }

  /** Drops the remaining entries. */
  void clear() {
    for (ReadyEntry entry = poll(); entry != null; entry = poll()) {
      entry.drop();
    }
  }

  private void grow() {
    @Nullable ReadyEntry[] larger = new @Nullable ReadyEntry[ring.length * 2];
    int upToEnd = ring.length - head;
    System.arraycopy(ring, head, larger, 0, upToEnd);
    System.arraycopy(ring, 0, larger, upToEnd, head);
    ring = larger;
    head = 0;
  }
}
