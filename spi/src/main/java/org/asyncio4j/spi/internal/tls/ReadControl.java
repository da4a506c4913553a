package org.asyncio4j.spi.internal.tls;

import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.internal.tls.TlsMachine.State;

/** Decides whether the transport below reads, and pauses and resumes it when that changes. */
final class ReadControl {

  private final TlsInput incoming;
  private final Application application;
  private boolean reads;
  private boolean paused;

  ReadControl(TlsInput incoming, Application application) {
    this.incoming = incoming;
    this.application = application;
  }

  /** Notes that the transport below has started reading by itself. */
  void begun() {
    reads = true;
  }

  /** {@return whether the protocol above wants no data for now} */
  boolean isPaused() {
    return paused;
  }

  void setPaused(boolean changed) {
    paused = changed;
  }

  /**
   * Pauses or resumes the transport below.
   *
   * @param state the state of the connection
   * @param busy whether another operation must end before more can be decrypted
   */
  void update(Transport below, State state, boolean busy) {
    boolean wanted =
        switch (state) {
          case UNWRAPPED, HANDSHAKING -> true;
          case WRAPPED -> !paused && !application.hasBacklog();
          case FLUSHING, SHUTDOWN -> true;
          case CLOSED -> false;
        };
    set(below, wanted && !(busy && incoming.isFull()));
  }

  private void set(Transport below, boolean wanted) {
    if (wanted == reads || below.isClosing()) {
      return;
    }
    reads = wanted;
    if (wanted) {
      below.resumeReading();
    } else {
      below.pauseReading();
    }
  }
}
