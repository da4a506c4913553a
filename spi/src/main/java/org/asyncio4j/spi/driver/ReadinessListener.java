package org.asyncio4j.spi.driver;

/** Notified by a poller when a socket is ready. */
@FunctionalInterface
public interface ReadinessListener {

  /**
   * Called by {@link Poller#poll}, on the thread that polls. Only queues callbacks: it runs no user
   * code, takes no lock, and never blocks or throws.
   *
   * @param ready {@link Interest} bits, a subset of those that the registration asked for; errors
   *     and hang-ups set all of them
   */
  void ready(int ready);
}
