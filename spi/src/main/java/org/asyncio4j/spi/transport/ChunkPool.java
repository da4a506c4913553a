package org.asyncio4j.spi.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.IntFunction;

/**
 * The memory of a loop's write buffers. A bounded number of chunks is outside the heap, where the
 * system can take bytes from without a further copy, and is used again and again; what is needed
 * beyond that comes from the heap, which gives it back by itself. So a peer that does not read can
 * exhaust neither the memory outside the heap nor, with little to write to each of many such peers,
 * a chunk for each.
 */
final class ChunkPool {

  static final int CHUNK_BYTES = 32 * 1024;

  private static final int MIN_HEAP_CHUNK_BYTES = 1024;

  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
  private final IntFunction<ByteBuffer> allocator;
  private final boolean bounded;
  private int unallocated;

  /**
   * Creates a pool that has allocated nothing yet.
   *
   * @param directChunks how many chunks may be outside the heap
   * @param allocator allocates one with so many bytes
   */
  ChunkPool(int directChunks, IntFunction<ByteBuffer> allocator) {
    this.unallocated = directChunks;
    this.allocator = allocator;
    this.bounded = true;
  }

  /**
   * Creates a pool all of whose chunks are allocated by the loop, as many as are needed.
   *
   * @param allocator allocates one with so many bytes
   */
  ChunkPool(IntFunction<ByteBuffer> allocator) {
    this.allocator = allocator;
    this.bounded = false;
  }

  /**
   * Lends a chunk.
   *
   * @param wanted how many bytes wait for room
   * @return a buffer at position 0, with some room
   */
  ByteBuffer take(long wanted) {
    ByteBuffer chunk =
        free.pollLast(); // the one that was used last is the one in the processor's cache
    if (chunk != null) {
      return chunk;
    }
    if (!bounded) {
      return allocator.apply(CHUNK_BYTES);
    }
    if (unallocated > 0) {
      unallocated--;
      return allocator.apply(CHUNK_BYTES);
    }
    return ByteBuffer.allocate(Math.clamp(wanted, MIN_HEAP_CHUNK_BYTES, CHUNK_BYTES));
  }

  /**
   * Takes a chunk back.
   *
   * @param chunk what {@link #take} lent; nobody uses it any more
   */
  void giveBack(ByteBuffer chunk) {
    if (!bounded || chunk.isDirect()) {
      free.addLast(chunk.clear());
    }
  }
}
