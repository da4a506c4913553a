package org.asyncio4j.spi.transport;

import java.io.IOException;

/**
 * Thrown by {@link ListenerSocket#accept()} when a peer gave up before its connection was accepted
 * (ECONNABORTED and similar errors); other connections may wait.
 */
public final class ConnectionAbortedException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the system's error text
   */
  public ConnectionAbortedException(String message) {
    super(message);
  }
}
