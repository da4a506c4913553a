package org.asyncio4j.tck.mutants.harness;

import module java.base;

/** What mutants do with buffers. */
public final class Buffers {

  private Buffers() {}

  /** {@return a copy of the data, which are consumed} */
  public static ByteBuffer copy(ByteBuffer data) {
    return ByteBuffer.allocate(data.remaining()).put(data).flip();
  }

  /** Consumes all data. */
  public static void take(ByteBuffer data) {
    data.position(data.limit());
  }

  /** {@return the same data, which are consumed but not copied} */
  public static ByteBuffer taken(ByteBuffer data) {
    ByteBuffer same = data.duplicate();
    take(data);
    return same;
  }

  /** {@return whether the memory of a buffer can be used here} */
  public static boolean isUsable(ByteBuffer buffer) {
    MemorySegment memory = MemorySegment.ofBuffer(buffer);
    return memory.scope().isAlive() && memory.isAccessibleBy(Thread.currentThread());
  }

  /** Drops what is too long. */
  public static void cut(ByteBuffer data, int most) {
    data.limit(Math.min(data.limit(), data.position() + most));
  }
}
