package org.asyncio4j.spi.readiness;

import java.io.IOException;

/** Waits for sockets to be ready: the selector of a loop. Level-triggered. */
public interface Poller extends AutoCloseable {

  /**
   * Watches a socket.
   *
   * @param socket an open socket of the same driver, or something else that {@link
   *     Sockets#watchable} answered, that is not watched yet
   * @param interest {@link Interest} bits, or {@link Interest#NONE} to watch later
   * @param listener hears when it is ready
   * @return the registration
   * @throws IllegalStateException if the socket is watched already
   * @throws IOException if the system refuses
   */
  Registration register(Pollable socket, int interest, ReadinessListener listener)
      throws IOException;

  /**
   * Waits until a socket is ready, {@link #wakeUp()} was called, or the time has passed, then tells
   * the listeners. Interrupted system calls and spurious wake-ups end the wait early, which is
   * harmless. Never returns later than the time asked for by more than the system's resolution, and
   * never busily: a wait below the resolution is rounded up.
   *
   * @param waitNanos how long to wait: 0 not at all, {@link Long#MAX_VALUE} without limit
   * @throws IOException if the system refuses
   */
  void poll(long waitNanos) throws IOException;

  /**
   * Ends the wait that goes on, or else the next one at once. Called from any thread, also during
   * and after {@link #close()}; never throws, blocks or takes a contended lock.
   */
  void wakeUp();

  /** Gives the system's resources back. Sockets stay open. Does nothing when repeated. */
  @Override
  void close();

  /**
   * Returns what holds the system's resources of this driver, sockets included. It is closed if the
   * loop is collected without having been closed: at most once, on another thread, when nothing
   * uses the driver any more. It must not refer to registrations or listeners, which know the loop,
   * because the loop could never be collected then.
   *
   * @implSpec there are none
   * @return the resources
   */
  default AutoCloseable resources() {
    return () -> {};
  }
}
