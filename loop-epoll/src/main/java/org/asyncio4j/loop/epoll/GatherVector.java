package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code struct msghdr} with its {@code iovec}s. Direct buffers are written where they are; heap
 * buffers have no address that lasts, so they are copied, as far as there is room.
 */
final class GatherVector {

  /** What the kernel takes at most in one call. */
  private static final int IOV_MAX = 1024;

  private static final int COPY_CAPACITY = 256 * 1024;

  // struct iovec { void *iov_base; size_t iov_len; }
  private static final int IOVEC_SIZE = 16;

  // struct msghdr: name, namelen, iov, iovlen, control, controllen, flags
  private static final int MSGHDR_SIZE = 56;
  private static final int MSGHDR_IOV = 16;
  private static final int MSGHDR_IOVLEN = 24;

  private final Arena arena;
  private final MemorySegment header;
  private final MemorySegment vector;

  // Made when a heap buffer is first gathered; a loop that uses direct buffers alone never needs
  // it.
  private @Nullable MemorySegment copies;

  GatherVector(Arena arena) {
    this.arena = arena;
    vector = arena.allocate((long) IOV_MAX * IOVEC_SIZE, 8);
    header = arena.allocate(MSGHDR_SIZE, 8);
    header.set(JAVA_LONG, MSGHDR_IOV, vector.address());
  }

  /**
   * Takes buffers from the first on, as many as there is room for. They must stay reachable until
   * the call has returned.
   *
   * @return the address of the header
   */
  long fill(ByteBuffer[] sources, int count) {
    int taken = 0;
    long copied = 0;
    while (taken < Math.min(count, IOV_MAX) && copied < COPY_CAPACITY) {
      ByteBuffer source = sources[taken];
      if (source.isDirect()) {
        set(taken, MemorySegment.ofBuffer(source).address(), source.remaining());
      } else {
        long length = Math.min(source.remaining(), COPY_CAPACITY - copied);
        MemorySegment copy = copies().asSlice(copied, length);
        copy.copyFrom(MemorySegment.ofBuffer(source).asSlice(0, length));
        set(taken, copy.address(), length);
        copied += length;
      }
      taken++;
    }
    header.set(JAVA_LONG, MSGHDR_IOVLEN, taken);
    return header.address();
  }

  private void set(int index, long address, long length) {
    vector.set(JAVA_LONG, (long) index * IOVEC_SIZE, address);
    vector.set(JAVA_LONG, (long) index * IOVEC_SIZE + 8, length);
  }

  private MemorySegment copies() {
    if (copies == null) {
      copies = arena.allocate(COPY_CAPACITY, 64);
    }
    return copies;
  }

  /** Moves the positions of buffers by what was written of them in all. */
  static void advance(ByteBuffer[] sources, long written) {
    long left = written;
    for (int i = 0; left > 0; i++) {
      int step = (int) Math.min(left, sources[i].remaining());
      sources[i].position(sources[i].position() + step);
      left -= step;
    }
  }
}
