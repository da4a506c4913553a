package org.asyncio4j.net.tls;

/** Whether a TLS server asks its clients for a certificate: {@code ssl.VerifyMode} of a server. */
public enum TlsClientAuthentication {
  /** Clients are not asked. */
  NONE,

  /**
   * Clients are asked, but need not send a certificate. An untrusted certificate fails the
   * handshake.
   */
  WANTED,

  /** Clients are asked, and the handshake fails without a trusted certificate. */
  REQUIRED
}
