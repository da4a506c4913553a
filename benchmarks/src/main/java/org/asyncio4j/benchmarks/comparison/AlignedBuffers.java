package org.asyncio4j.benchmarks.comparison;

import java.nio.ByteBuffer;

/** Allocates buffers that begin at a cache line, which the kernel copies at full speed. */
public final class AlignedBuffers {

  private static final int CACHE_LINE = 64;

  private AlignedBuffers() {}

  /** Allocates a direct buffer. */
  public static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes + CACHE_LINE).alignedSlice(CACHE_LINE).slice(0, bytes);
  }
}
