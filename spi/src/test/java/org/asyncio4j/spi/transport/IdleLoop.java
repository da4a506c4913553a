package org.asyncio4j.spi.transport;

import java.util.EnumSet;
import java.util.Set;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.LoopContext;

/** A loop that waits for nothing. */
final class IdleLoop extends BaseEventLoop {

  IdleLoop() {
    super(LoopContext.defaults(), "idle");
  }

  void ticks(int count) {
    for (int i = 0; i < count; i++) {
      callSoon(this::stop);
      runForever();
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  protected void poll(long waitNanos) {}

  @Override
  protected void wakeUp() {}

  @Override
  protected void closeResources() {}
}
