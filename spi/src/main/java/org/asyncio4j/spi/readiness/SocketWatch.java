package org.asyncio4j.spi.readiness;

import java.io.IOException;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.Pollable;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.driver.ReadinessListener;
import org.asyncio4j.spi.driver.Registration;
import org.jspecify.annotations.Nullable;

/** The registration of one socket with the poller, made when it is first needed. */
final class SocketWatch {

  private final Poller poller;
  private final Pollable socket;
  private final ReadinessListener listener;
  private @Nullable Registration registration;
  private boolean cancelled;

  SocketWatch(Poller poller, Pollable socket, ReadinessListener listener) {
    this.poller = poller;
    this.socket = socket;
    this.listener = listener;
  }

  /**
   * Changes the watched kinds of readiness. Does nothing after {@link #cancel()}.
   *
   * @param interest {@link Interest} bits
   * @throws IOException if the system refuses
   */
  void watch(int interest) throws IOException {
    if (cancelled) {
      return;
    }
    if (registration != null) {
      registration.setInterest(interest);
    } else if (interest != Interest.NONE) {
      registration = poller.register(socket, interest, listener);
    }
  }

  /** Stops watching permanently. Further calls do nothing. */
  void cancel() {
    cancelled = true;
    if (registration != null) {
      registration.cancel();
      registration = null;
    }
  }
}
