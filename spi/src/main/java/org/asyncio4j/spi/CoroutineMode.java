package org.asyncio4j.spi;

import java.util.Optional;
import org.asyncio4j.spi.internal.fiber.CarrierEngine;

/** The engine that runs the bodies of tasks. */
public enum CoroutineMode {
  /** {@link #CARRIER} if it is available, otherwise {@link #HANDOFF}. */
  AUTO,

  /**
   * The loop's thread carries the virtual threads of its tasks; needs {@code --add-opens} for
   * {@code java.lang}.
   */
  CARRIER,

  /**
   * The loop and its tasks are virtual threads that pass a baton; needs no flag. A body that blocks
   * outside {@code await} blocks the loop, which is logged with its stack after a second.
   */
  HANDOFF;

  /**
   * Returns why this engine cannot be used in this JVM: the flag that is missing, for instance. May
   * be called on any thread.
   *
   * @return the reason, or empty if the engine can be used
   */
  public Optional<String> obstacle() {
    return this == CARRIER ? CarrierEngine.problem() : Optional.empty();
  }
}
