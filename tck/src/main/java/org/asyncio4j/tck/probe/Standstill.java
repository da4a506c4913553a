package org.asyncio4j.tck.probe;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits until the system takes no more of what a loop sends.
 *
 * <p>That cannot be seen within one callback: what was sent may only wait for its turn, since some
 * systems report later that they have taken it. So the loop has many turns, and the same number of
 * them on a busy machine.
 */
final class Standstill {

  private static final int LOOKS = 50;

  private Standstill() {}

  /**
   * Waits until an amount stays the same for many turns of the loop, which sleeps in between.
   *
   * @param loop the loop
   * @param fact what must come to a standstill, as a sentence
   * @param amount returns it; is called on the loop's thread, and may send more
   * @return the amount
   */
  static int await(LoopCalls loop, String fact, Callable<Integer> amount) {
    AtomicInteger before = new AtomicInteger(-1);
    AtomicInteger same = new AtomicInteger();
    loop.patience()
        .until(
            fact,
            () -> {
              int now = loop.call(amount);
              same.set(now == before.getAndSet(now) ? same.get() + 1 : 0);
              return same.get() >= LOOKS;
            });
    return before.get();
  }
}
