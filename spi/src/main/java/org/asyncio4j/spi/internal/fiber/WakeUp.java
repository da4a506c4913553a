package org.asyncio4j.spi.internal.fiber;

import org.jspecify.annotations.Nullable;

/** What the owner of a fiber gives to the engine: how to wake it, and how to interrupt its body. */
public interface WakeUp extends Runnable {

  /** Called from any thread when a parked body can go on; never throws or blocks. */
  @Override
  void run();

  /** {@return what interrupts the body where it holds the loop; {@code null} for nothing} */
  @Nullable Alarm alarm();
}
