package org.asyncio4j.tck.probe;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/** Buffers whose memory belongs to an arena, and is freed with it. */
public final class ArenaBuffers {

  private ArenaBuffers() {}

  /**
   * Returns text in the memory of an arena.
   *
   * @param arena the arena
   * @param text the text, of ASCII characters
   * @return a buffer with the text between position and limit
   */
  public static ByteBuffer of(Arena arena, String text) {
    return arena.allocate(text.length()).asByteBuffer().put(Network.bytes(text)).flip();
  }

  /** {@return an arena whose memory any thread may use and free} */
  @SuppressWarnings("MustBeClosedChecker") // rules test when to close it
  public static Arena ofAllThreads() {
    return Arena.ofShared();
  }

  /**
   * {@return an arena whose memory belongs to the calling thread, which must close it} In a rule
   * this is not the loop's thread.
   */
  @SuppressWarnings("MustBeClosedChecker")
  public static Arena ofThisThread() {
    return Arena.ofConfined();
  }

  /**
   * Returns a buffer whose memory was freed.
   *
   * @param length how many bytes there are between its position and limit
   * @return the buffer
   */
  public static ByteBuffer freed(int length) {
    try (Arena arena = Arena.ofShared()) {
      return arena.allocate(Math.max(1, length)).asByteBuffer().limit(length);
    }
  }

  /**
   * Frees the memory of an arena that no operation may use any more.
   *
   * @param arena the arena
   * @param operation the operation that was called with a buffer of it and has returned
   */
  public static void free(Arena arena, String operation) {
    Expect.that(
        "the memory of a buffer must not be in use after " + operation + " has returned",
        isFreed(arena));
  }

  /**
   * Frees the memory of an arena for which an operation waits. It may be in use for a short time.
   *
   * @param arena the arena
   * @param patience how long to try
   */
  public static void freeMeanwhile(Arena arena, Patience patience) {
    patience.until(
        "an operation that waits must not hold the memory of its buffer", () -> isFreed(arena));
  }

  private static boolean isFreed(Arena arena) {
    try {
      arena.close();
      return true;
    } catch (IllegalStateException inUse) {
      return false;
    }
  }
}
