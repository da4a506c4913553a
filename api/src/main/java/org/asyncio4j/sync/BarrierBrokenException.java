package org.asyncio4j.sync;

/**
 * Thrown when a task waits at an {@link AsyncBarrier} that is reset or aborted (asyncio:
 * BrokenBarrierError). Not related to the checked exception of similar name in {@code
 * java.util.concurrent}.
 */
public final class BarrierBrokenException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  BarrierBrokenException(String message) {
    super(message);
  }
}
