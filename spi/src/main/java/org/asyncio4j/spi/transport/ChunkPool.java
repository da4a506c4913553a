package org.asyncio4j.spi.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.IntFunction;

/**
 * The memory of a loop's write buffers. A bounded number of chunks lies outside the heap, where the
 * system can take bytes without a further copy, and is reused; any further chunk comes from the
 * heap and is garbage-collected. So peers that do not read cannot exhaust the memory outside the
 * heap, and many such peers with few pending bytes each do not take a whole chunk each.
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
   * @param directChunks the maximum number of chunks outside the heap
   * @param allocator allocates a chunk of the given number of bytes
   */
  ChunkPool(int directChunks, IntFunction<ByteBuffer> allocator) {
    this.unallocated = directChunks;
    this.allocator = allocator;
    this.bounded = true;
  }

  /**
   * Creates a pool whose chunks are all allocated by the loop, without a limit.
   *
   * @param allocator allocates a chunk of the given number of bytes
   */
  ChunkPool(IntFunction<ByteBuffer> allocator) {
    this.allocator = allocator;
    this.bounded = false;
  }

  /**
   * Lends a chunk.
   *
   * @param wanted the number of bytes that need room
   * @return a buffer at position 0, with some room
   */
  ByteBuffer take(long wanted) {
    ByteBuffer chunk = free.pollLast(); // the chunk that was used last is in the processor's cache
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
   * @param chunk a chunk from {@link #take} that is not used any more
   */
  void giveBack(ByteBuffer chunk) {
    if (!bounded || chunk.isDirect()) {
      free.addLast(chunk.clear());
    }
  }
}
