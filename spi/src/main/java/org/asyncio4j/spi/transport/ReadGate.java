package org.asyncio4j.spi.transport;

/**
 * Decides whether a transport reads from the peer, and starts and stops the backend accordingly.
 *
 * <p>A callback of the protocol may be suspended while the loop continues. The gate is closed until
 * the callback returns, so that the protocol is called in order and by one callback at a time.
 */
final class ReadGate {

  private final ConnectionState state;
  private final TransportBackend backend;
  private boolean paused;
  private boolean inCallback = true; // until connectionMade has returned
  private boolean started;

  ReadGate(ConnectionState state, TransportBackend backend) {
    this.state = state;
    this.backend = backend;
  }

  /** {@return whether the application has not paused reading} */
  boolean isReading() {
    return !paused && !state.isClosing();
  }

  /** {@return whether another callback may follow the running one} */
  boolean mayContinue() {
    return !paused && state.mayRead();
  }

  /**
   * Closes the gate for a callback, which must be followed by {@link #leave()}.
   *
   * @return whether the gate was open; otherwise the backend is stopped and nothing may be read
   */
  boolean enter() {
    if (isOpen()) {
      inCallback = true;
      return true;
    }
    // A readiness backend would report the same readiness repeatedly while a callback waits.
    update();
    return false;
  }

  void leave() {
    inCallback = false;
    update();
  }

  void pause() {
    paused = true;
    stop();
  }

  void resume() {
    paused = false;
    update();
  }

  /** Stops the backend while the gate is closed. */
  void stop() {
    started = false;
    backend.stopReading();
  }

  private boolean isOpen() {
    return !inCallback && mayContinue();
  }

  private void update() {
    boolean open = isOpen();
    if (open == started) {
      return;
    }
    started = open;
    if (open) {
      backend.startReading();
    } else {
      backend.stopReading();
    }
  }
}
