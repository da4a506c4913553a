package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code struct msghdr} with its {@code iovec}s.
 *
 * <p>The linker checks and holds memory that is a parameter of a call, but not memory that a
 * structure points to. So the structure points only to memory of the driver, which is freed with
 * the structure itself: buffers from {@link #allocate} are written without a copy, all others are
 * copied, as far as there is room. Copying checks that the memory of a buffer was not freed and
 * belongs to the calling thread.
 */
final class GatherVector {

  /** The maximum number of buffers that the kernel takes in one call. */
  private static final int IOV_MAX = 1024;

  private static final int COPY_CAPACITY = 256 * 1024;
  private static final int CACHE_LINE = 64;

  // struct iovec { void *iov_base; size_t iov_len; }
  private static final int IOVEC_SIZE = 16;

  // struct msghdr: name, namelen, iov, iovlen, control, controllen, flags
  private static final int MSGHDR_SIZE = 56;
  private static final int MSGHDR_IOV = 16;
  private static final int MSGHDR_IOVLEN = 24;

  private final Arena arena;
  private final MemorySegment header;
  private final MemorySegment vector;

  // Allocated when a buffer is first copied.
  private @Nullable MemorySegment copies;

  GatherVector(Arena arena) {
    this.arena = arena;
    vector = arena.allocate((long) IOV_MAX * IOVEC_SIZE, 8);
    header = arena.allocate(MSGHDR_SIZE, 8);
    header.set(JAVA_LONG, MSGHDR_IOV, vector.address());
  }

  /** Allocates memory of the driver, which is never copied. */
  ByteBuffer allocate(int bytes) {
    return arena.allocate(bytes, CACHE_LINE).asByteBuffer();
  }

  /**
   * Adds as many buffers as there is room for, starting with the first.
   *
   * @return the header
   * @throws IllegalStateException if the memory of a buffer was freed
   * @throws WrongThreadException if it belongs to another thread
   */
  MemorySegment fill(ByteBuffer[] sources, int count) {
    int taken = 0;
    long copied = 0;
    while (taken < Math.min(count, IOV_MAX) && copied < COPY_CAPACITY) {
      MemorySegment source = MemorySegment.ofBuffer(sources[taken]);
      if (isOurs(source)) {
        set(taken, source);
      } else {
        long length = Math.min(source.byteSize(), COPY_CAPACITY - copied);
        MemorySegment copy = copies().asSlice(copied, length);
        set(taken, copy.copyFrom(source.asSlice(0, length)));
        copied += length;
      }
      taken++;
    }
    header.set(JAVA_LONG, MSGHDR_IOVLEN, taken);
    return header;
  }

  private boolean isOurs(MemorySegment source) {
    return source.scope().equals(arena.scope());
  }

  private void set(int index, MemorySegment ours) {
    vector.set(JAVA_LONG, (long) index * IOVEC_SIZE, ours.address());
    vector.set(JAVA_LONG, (long) index * IOVEC_SIZE + 8, ours.byteSize());
  }

  private MemorySegment copies() {
    if (copies == null) {
      copies = arena.allocate(COPY_CAPACITY, CACHE_LINE);
    }
    return copies;
  }

  /** Advances the positions of buffers by the total number of bytes written. */
  static void advance(ByteBuffer[] sources, long written) {
    long left = written;
    for (int i = 0; left > 0; i++) {
      int step = (int) Math.min(left, sources[i].remaining());
      sources[i].position(sources[i].position() + step);
      left -= step;
    }
  }
}
