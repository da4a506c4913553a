package org.asyncio4j.spi.readiness;

/**
 * What the connections of a loop share.
 *
 * @param poller watches their sockets
 * @param openSockets knows those that are open
 * @param readBuffers the buffer that all of them read into
 * @param chunks the memory of what they could not write yet
 * @param gather the array through which they write several buffers at once
 */
record LoopResources(
    Poller poller,
    OpenSockets openSockets,
    ReadBuffers readBuffers,
    ChunkPool chunks,
    GatherArray gather) {

  // 4 MiB a loop outside the heap, used only while peers are slower than what is written to them.
  private static final int DIRECT_CHUNKS = 128;

  static LoopResources over(Poller poller, Sockets sockets) {
    return new LoopResources(
        poller,
        new OpenSockets(),
        new ReadBuffers(),
        new ChunkPool(DIRECT_CHUNKS, sockets::allocateBuffer),
        new GatherArray());
  }
}
