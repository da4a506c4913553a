package org.asyncio4j.spi.transport;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * The resources that the transports of one loop share: memory for reading and writing, and the list
 * of open sockets. One instance per loop; used on the loop's thread.
 */
public final class TransportResources {

  // 4 MiB per loop outside the heap, used only while peers read more slowly than the program
  // writes.
  private static final int DIRECT_CHUNKS = 128;

  private final OpenSockets openSockets = new OpenSockets();
  private final ReadBuffers readBuffers = new ReadBuffers();
  private final GatherArray gather = new GatherArray();
  private final ChunkPool chunks;

  private TransportResources(ChunkPool chunks) {
    this.chunks = chunks;
  }

  /**
   * Creates the resources of a loop whose system also takes heap memory: a bounded part of the data
   * that waits to be written is outside the heap, the rest is on it.
   *
   * @param allocator allocates a buffer outside the heap with the given number of bytes
   * @return the resources
   */
  public static TransportResources create(IntFunction<ByteBuffer> allocator) {
    return new TransportResources(
        new ChunkPool(DIRECT_CHUNKS, requireNonNull(allocator, "allocator")));
  }

  /**
   * Creates the resources of a loop whose system takes only memory that the loop allocates: all
   * buffers that transports lend come from the allocator.
   *
   * @param allocator allocates a buffer with the given number of bytes
   * @return the resources
   */
  public static TransportResources allocatedBy(IntFunction<ByteBuffer> allocator) {
    return new TransportResources(new ChunkPool(requireNonNull(allocator, "allocator")));
  }

  /** {@return the open sockets of the loop} */
  public OpenSockets openSockets() {
    return openSockets;
  }

  /**
   * Lends a buffer to a completion backend for its reads.
   *
   * @return an empty buffer of 32 KiB
   */
  public ByteBuffer lendBuffer() {
    return chunks.take(ChunkPool.CHUNK_BYTES);
  }

  /**
   * Takes a buffer back.
   *
   * @param buffer a buffer from {@link #lendBuffer()} that neither the system nor the application
   *     uses any more
   */
  public void giveBack(ByteBuffer buffer) {
    chunks.giveBack(buffer);
  }

  ReadBuffers readBuffers() {
    return readBuffers;
  }

  GatherArray gather() {
    return gather;
  }

  ChunkPool chunks() {
    return chunks;
  }
}
