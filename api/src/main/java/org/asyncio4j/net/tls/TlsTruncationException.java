package org.asyncio4j.net.tls;

import javax.net.ssl.SSLException;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.StreamProtocol;

/**
 * Thrown when the peer's stream ends without the {@code close_notify} of TLS, so an attacker on the
 * network may have truncated it.
 *
 * <p>{@link BaseProtocol#connectionLost} receives it, and {@link StreamProtocol#eofReceived()} is
 * not called, because that means that the stream is complete. A protocol whose messages contain
 * their length may ignore it. asyncio treats such an end like any other.
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
