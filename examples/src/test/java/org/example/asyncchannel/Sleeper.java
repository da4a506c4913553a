package org.example.asyncchannel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Lets one thread wait until another one wakes it. */
final class Sleeper {

  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile @Nullable Thread sleeping;

  void sleep(long nanos) {
    long deadline = System.nanoTime() + nanos;
    sleeping = Thread.currentThread();
    while (!woken.getAndSet(false)) {
      long left = nanos == Long.MAX_VALUE ? nanos : Math.min(nanos, deadline - System.nanoTime());
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(this, left);
    }
  }

  /** Ends the sleep, or else the next one at once; from any thread. */
  void wake() {
    woken.set(true);
    LockSupport.unpark(sleeping);
  }
}
