package org.asyncio4j.spi.readiness;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One socket's place in the poller, taken when it is first needed. */
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
   * Changes what is watched for. Does nothing after {@link #cancel()}.
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

  /** Ends the watching for good. Does nothing when repeated. */
  void cancel() {
    cancelled = true;
    if (registration != null) {
      registration.cancel();
      registration = null;
    }
  }
}
