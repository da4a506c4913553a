package org.asyncio4j.spi;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A loop without I/O: it waits by parking its thread. */
public class ParkingLoop extends BaseEventLoop {

  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile Thread poller;
  boolean resourcesClosed;

  protected ParkingLoop(LoopContext context) {
    this(context, "parking");
  }

  protected ParkingLoop(LoopContext context, String name) {
    super(context, name);
  }

  @Override
  protected void poll(long waitNanos) {
    poller = Thread.currentThread();
    long deadline = System.nanoTime() + waitNanos;
    while (waitNanos > 0 && !woken.get()) {
      if (waitNanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          break;
        }
        LockSupport.parkNanos(this, left);
      }
    }
    woken.set(false);
  }

  @Override
  protected void wakeUp() {
    woken.set(true);
    LockSupport.unpark(poller);
  }

  @Override
  protected void closeResources() {
    resourcesClosed = true;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }
}
