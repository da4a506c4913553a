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
  private int interest = Interest.NONE;
  private boolean cancelled;

  SocketWatch(Poller poller, Pollable socket, ReadinessListener listener) {
    this.poller = poller;
    this.socket = socket;
    this.listener = listener;
  }

  /**
   * Sets whether one kind of readiness is watched. Costs nothing if it is already so, and does
   * nothing after {@link #cancel()}.
   *
   * @param bit one of the {@link Interest} bits
   * @param on whether it is watched
   * @throws IOException if the system refuses; nothing has changed then
   */
  void watch(int bit, boolean on) throws IOException {
    int changed = on ? interest | bit : interest & ~bit;
    if (changed == interest || cancelled) {
      return;
    }
    if (registration != null) {
      registration.setInterest(changed);
    } else {
      registration = poller.register(socket, changed, listener);
    }
    interest = changed;
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
