package org.asyncio4j.net;

/** Which part an end of a connection plays in the TLS handshake. */
public enum TlsRole {
  /** Begins the handshake, and checks the certificate of the other end. */
  CLIENT,

  /** Answers the handshake with a certificate of its own: {@code server_side=True}. */
  SERVER
}
