package org.asyncio4j.tck.mutants.servers;

import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.tck.mutants.harness.MutantLoop;

/** The factories of servers, which may park and may fail. */
final class Factories {

  private Runnable failed = () -> {};
  private Runnable returned = () -> {};

  private Factories() {}

  /**
   * Watches the factories of a loop.
   *
   * @param parked counts those that are parked, or just called
   */
  static Factories of(MutantLoop loop, AtomicInteger parked) {
    Factories factories = new Factories();
    loop.createServer.given(wanted ->
        wanted.by(() -> {
          parked.incrementAndGet();
          try {
            return wanted.factory().get();
          } catch (Throwable thrown) {
            factories.failed.run();
            throw thrown;
          } finally {
            parked.decrementAndGet();
            factories.returned.run();
          }
        }));
    return factories;
  }

  /** {@return how many factories are parked} */
  static AtomicInteger parked(MutantLoop loop) {
    AtomicInteger parked = new AtomicInteger();
    Factories ignored = of(loop, parked);
    return parked;
  }

  void onFailure(Runnable action) {
    failed = action;
  }

  void onReturn(Runnable action) {
    returned = action;
  }
}
