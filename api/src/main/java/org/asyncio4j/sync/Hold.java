package org.asyncio4j.sync;

/**
 * A lock, condition or permit that a task holds until it leaves a block: asyncio's {@code async
 * with}.
 *
 * <pre>{@code
 * try (var _ = lock.hold()) {
 *   // no other task is here
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
   * Releases the lock or permit; a second call does nothing. Never waits. May be called wherever
   * {@code release} may be called.
   *
   * @throws IllegalStateException if {@code release} has already released it within the block
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        held.release();
      } catch (WrongThreadException refused) {
        closed = false; // nothing was released, so the right thread can still do it
        throw refused;
      }
    }
  }
}
