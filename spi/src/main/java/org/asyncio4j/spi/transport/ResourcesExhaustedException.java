package org.asyncio4j.spi.transport;

import java.io.IOException;

/**
 * Thrown by {@link ListenerSocket#accept()} when the process or system has run out of descriptors
 * or memory (EMFILE, ENFILE, ENOBUFS, ENOMEM).
 */
public final class ResourcesExhaustedException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the system's error text
   */
  public ResourcesExhaustedException(String message) {
    super(message);
  }
}
