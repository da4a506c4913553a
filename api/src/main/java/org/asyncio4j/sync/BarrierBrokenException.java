package org.asyncio4j.sync;

/**
 * A task waited at an {@link AsyncBarrier} that was reset or aborted (asyncio: BrokenBarrierError).
 * It is not the checked exception of similar name of {@code java.util.concurrent}.
 */
public final class BarrierBrokenException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  BarrierBrokenException(String message) {
    super(message);
  }
}
