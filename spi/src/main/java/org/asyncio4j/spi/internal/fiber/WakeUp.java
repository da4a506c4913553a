package org.asyncio4j.spi.internal.fiber;

import org.jspecify.annotations.Nullable;

/** Callbacks of the owner of a fiber: how to wake it, and how to interrupt its body. */
public interface WakeUp extends Runnable {

  /** Called from any thread when a parked body can continue; never throws or blocks. */
  @Override
  void run();

  /** {@return the alarm that interrupts the body while it holds the loop; {@code null} for none} */
  @Nullable Alarm alarm();
}
