package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An array of {@code struct epoll_event}: 32 bits of events, 64 bits of data. */
final class EventArray {

  static final int EPOLLIN = 0x001;
  static final int EPOLLOUT = 0x004;
  static final int EPOLLERR = 0x008;
  static final int EPOLLHUP = 0x010;
  static final int EPOLLET = 1 << 31;

  // The kernel packs the structure on x86-64, to share it with 32-bit programs; elsewhere data is
  // aligned.
  private static final boolean PACKED = Platform.isX86();
  private static final int DATA = PACKED ? 4 : 8;
  private static final int SIZE = PACKED ? 12 : 16;

  private final int capacity;
  private final MemorySegment memory;

  EventArray(Arena arena, int capacity) {
    this.capacity = capacity;
    this.memory = arena.allocate((long) capacity * SIZE, 64);
  }

  int capacity() {
    return capacity;
  }

  MemorySegment memory() {
    return memory;
  }

  void set(int index, int events, long data) {
    memory.set(JAVA_INT, (long) index * SIZE, events);
    memory.set(JAVA_LONG_UNALIGNED, (long) index * SIZE + DATA, data);
  }

  int events(int index) {
    return memory.get(JAVA_INT, (long) index * SIZE);
  }

  long data(int index) {
    return memory.get(JAVA_LONG_UNALIGNED, (long) index * SIZE + DATA);
  }
}
