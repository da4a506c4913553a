package org.asyncio4j.spi.readiness;

/** Hears from a poller that a socket is ready. */
@FunctionalInterface
public interface ReadinessListener {

  /**
   * Called by {@link Poller#poll}, on the thread that polls. Only queues callbacks: it runs nobody
   * else's code, takes no lock, never blocks or throws.
   *
   * @param ready {@link Interest} bits, of those that the registration asked for; errors and
   *     hang-ups set all of them
   */
  void ready(int ready);
}
