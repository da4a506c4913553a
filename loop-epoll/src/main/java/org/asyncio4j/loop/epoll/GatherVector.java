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
  private long offered;

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
   * Takes as many buffers as there is room for.
   *
   * @return the header
   * @throws IllegalStateException if the memory of a buffer was freed
   * @throws WrongThreadException if it belongs to another thread
   */
  MemorySegment fill(ByteBuffer[] sources, int first, int end) {
    int taken = 0;
    long copied = 0;
    offered = 0;
    while (taken < Math.min(end - first, IOV_MAX) && copied < COPY_CAPACITY) {
      MemorySegment source = MemorySegment.ofBuffer(sources[first + taken]);
      if (isOurs(source)) {
        set(taken, source);
        offered += source.byteSize();
      } else {
        long length = Math.min(source.byteSize(), COPY_CAPACITY - copied);
        MemorySegment copy = copies().asSlice(copied, length);
        set(taken, copy.copyFrom(source.asSlice(0, length)));
        copied += length;
        offered += length;
      }
      taken++;
    }
    header.set(JAVA_LONG, MSGHDR_IOVLEN, taken);
    return header;
  }

  /** The number of bytes that the last {@link #fill} took. */
  long offered() {
    return offered;
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

  /**
   * Advances the positions of buffers by the total number of bytes written, and returns the index
   * of the first that has bytes left.
   */
  static int advance(ByteBuffer[] sources, int first, int end, long written) {
    long left = written;
    int index = first;
    while (index < end) {
      ByteBuffer source = sources[index];
      int step = (int) Math.min(left, source.remaining());
      source.position(source.position() + step);
      left -= step;
      if (source.hasRemaining()) {
        break;
      }
      index++;
    }
    return index;
  }
}
