package org.asyncio4j.net;

import java.io.IOException;

/**
 * Thrown when the system cannot copy this file to this connection; it can still be read and
 * written: {@code asyncio.SendfileNotAvailableError}. Nothing was sent.
 */
public class SendFileNotAvailableException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message why the system cannot
   */
  public SendFileNotAvailableException(String message) {
    super(message);
  }
}
