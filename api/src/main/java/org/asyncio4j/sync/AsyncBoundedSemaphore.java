package org.asyncio4j.sync;

/**
 * A semaphore that detects when it is released more often than it was acquired (asyncio, {@code
 * BoundedSemaphore}).
 */
public final class AsyncBoundedSemaphore extends AsyncSemaphore {

  private final int bound;

  /** Creates a semaphore with one permit. */
  public AsyncBoundedSemaphore() {
    this(1);
  }

  /**
   * Creates a semaphore.
   *
   * @param permits the initial and maximum number of permits
   * @throws IllegalArgumentException if the number is negative
   */
  public AsyncBoundedSemaphore(int permits) {
    super(permits);
    this.bound = permits;
  }

  @Override
  public void release() {
    ensureOwner("AsyncBoundedSemaphore.release");
    if (availablePermits() >= bound) {
      throw new IllegalStateException(
          "cannot release the semaphore: it has %d permits, and its bound is %d; release once for each acquire"
              .formatted(availablePermits(), bound));
    }
    giveBack();
  }
}
