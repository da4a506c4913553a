package org.asyncio4j.net;

import javax.net.ssl.SSLException;

/**
 * The peer's stream ended without the {@code close_notify} of TLS, so that what has arrived may
 * have been cut off by anybody on the way.
 *
 * <p>{@link BaseProtocol#connectionLost} hears it, and {@link StreamProtocol#eofReceived()} is not
 * called: that one says that the stream is complete. A protocol whose messages tell their own
 * length may ignore it. asyncio treats such an end as any other.
 */
public final class TlsTruncationException extends SSLException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what ended, and how
   */
  public TlsTruncationException(String message) {
    super(message);
  }
}
