package org.asyncio4j.net.tls;

import javax.net.ssl.SSLHandshakeException;

/**
 * Thrown when a TLS handshake fails because of this end, not because of the peer: a server has no
 * key that any client could accept, or a key manager or trust manager of the context has thrown an
 * exception.
 *
 * <p>A server reports it to the exception handler of the loop, even if the handler of a client
 * fails with it. Faults of peers are only logged.
 *
 * <p>To detect this, the server is tested with a client that offers everything and names no server.
 * If its key manager has keys only for some names, the server is reported as having no key, for
 * each client that it refuses, until the first handshake has succeeded.
 */
public final class TlsConfigurationException extends SSLHandshakeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what cannot be done, the reason, and the remedy
   * @param cause the exception that the handshake failed with
   */
  public TlsConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
