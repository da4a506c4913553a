package org.asyncio4j.net.tls;

/** The part that an end of a connection plays in the TLS handshake. */
public enum TlsRole {
  /** Begins the handshake, and checks the certificate of the other end. */
  CLIENT,

  /** Responds to the handshake with its own certificate: {@code server_side=True}. */
  SERVER
}
