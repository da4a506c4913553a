package org.asyncio4j.sync;

/**
 * What a task holds of a lock, condition or semaphore until it leaves a block: asyncio's {@code
 * async with}.
 *
 * <pre>{@code
 * try (var _ = lock.hold()) {
 *   // nobody else is here
 * }
 * }</pre>
 */
public final class Hold implements AutoCloseable {

  private final Releasable held;
  private boolean closed;

  Hold(Releasable held) {
    this.held = held;
  }

  /**
   * Releases what is held, once; a second call does nothing. Never waits. To be called where {@code
   * release} may be called.
   *
   * @throws IllegalStateException if it was released already by {@code release} within the block
   * @throws WrongThreadException if its loop runs on another thread; nothing is changed
   */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        held.release();
      } catch (WrongThreadException refused) {
        closed = false; // nothing was released, so that the right thread can still do it
        throw refused;
      }
    }
  }
}
