package org.asyncio4j.benchmarks.echo;

import java.nio.ByteBuffer;

/** Memory that the kernel copies to at full speed: it begins at a cache line. */
final class AlignedBuffers {

  private static final int CACHE_LINE = 64;

  private AlignedBuffers() {}

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes + CACHE_LINE).alignedSlice(CACHE_LINE).slice(0, bytes);
  }
}
