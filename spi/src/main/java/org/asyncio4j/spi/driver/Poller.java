package org.asyncio4j.spi.driver;

import java.io.IOException;

/** Waits for sockets to become ready: the selector of a loop. Level-triggered. */
public interface Poller extends AutoCloseable {

  /**
   * Watches a socket.
   *
   * @param socket an open socket of the same driver, or an object that {@link Sockets#watchable}
   *     returned, that is not watched yet
   * @param interest {@link Interest} bits, or {@link Interest#NONE} to watch later
   * @param listener notified when the socket is ready
   * @return the registration
   * @throws IllegalStateException if the socket is watched already
   * @throws IOException if the system refuses
   */
  Registration register(Pollable socket, int interest, ReadinessListener listener)
      throws IOException;

  /**
   * Waits until a socket is ready, {@link #wakeUp()} is called, or the time has passed, then
   * notifies the listeners. Interrupted system calls and spurious wake-ups end the wait early,
   * which is harmless. Never returns later than requested by more than the system's clock
   * resolution, and never waits busily: a wait below the resolution is rounded up.
   *
   * @param waitNanos the maximum time to wait: 0 returns at once, {@link Long#MAX_VALUE} waits
   *     without limit
   * @throws IOException if the system refuses
   */
  void poll(long waitNanos) throws IOException;

  /**
   * Makes the current wait end or, if there is none, makes the next one end at once. Called from
   * any thread, including during and after {@link #close()}; never throws, blocks or takes a
   * contended lock.
   */
  void wakeUp();

  /** Releases the system's resources. Sockets remain open. Further calls do nothing. */
  @Override
  void close();

  /**
   * Returns an object that holds the system's resources of this driver, including its sockets. It
   * is closed if the loop is garbage-collected without having been closed: at most once, on another
   * thread, when nothing uses the driver any more. It must not refer to registrations or listeners,
   * which refer to the loop, because the loop could then never be collected.
   *
   * @implSpec returns an object that holds none
   * @return the resources
   */
  default AutoCloseable resources() {
    return () -> {};
  }
}
