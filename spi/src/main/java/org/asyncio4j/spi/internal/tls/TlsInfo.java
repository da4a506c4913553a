package org.asyncio4j.spi.internal.tls;

import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.asyncio4j.net.ExtraInfo;
import org.jspecify.annotations.Nullable;

/** Information on the TLS state of a connection, as of the end of the handshake. */
record TlsInfo(
    Optional<SSLContext> context,
    SSLSession session,
    List<Certificate> peerCertificates,
    String applicationProtocol) {

  static TlsInfo of(SSLEngine engine, Optional<SSLContext> context) {
    SSLSession session = engine.getSession();
    @Nullable String chosen = engine.getApplicationProtocol();
    return new TlsInfo(context, session, certificatesOf(session), chosen == null ? "" : chosen);
  }

  <T> Optional<T> find(ExtraInfo<T> key) {
    @Nullable Object found = null;
    if (key == ExtraInfo.SSL_SESSION) {
      found = session;
    } else if (key == ExtraInfo.SSL_CONTEXT) {
      found = context.orElse(null);
    } else if (key == ExtraInfo.PEER_CERTIFICATES) {
      found = peerCertificates.isEmpty() ? null : peerCertificates;
    } else if (key == ExtraInfo.CIPHER) {
      found = session.getCipherSuite();
    } else if (key == ExtraInfo.TLS_VERSION) {
      found = session.getProtocol();
    } else if (key == ExtraInfo.ALPN_PROTOCOL) {
      found = applicationProtocol.isEmpty() ? null : applicationProtocol;
    }
    return found == null ? Optional.empty() : Optional.of(key.type().cast(found));
  }

  private static List<Certificate> certificatesOf(SSLSession session) {
    try {
      return List.of(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }
}
