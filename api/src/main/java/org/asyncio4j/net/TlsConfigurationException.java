package org.asyncio4j.net;

import javax.net.ssl.SSLHandshakeException;

/**
 * A TLS handshake failed because of this end, and not because of the peer: a server has no key that
 * any client could accept, or a key manager or trust manager of the context has thrown an
 * exception.
 *
 * <p>A server reports it to the exception handler of the loop, also if the handler of a client
 * fails with it. What peers do is only logged.
 *
 * <p>A server is tried with a client that offers everything and names no server. If its key manager
 * has keys for some names only, the server is reported as one without a key, for each client that
 * it refuses, until the first handshake has succeeded.
 */
public final class TlsConfigurationException extends SSLHandshakeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what cannot be done, why, and the remedy
   * @param cause what the handshake failed with
   */
  public TlsConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
