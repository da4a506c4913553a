package org.asyncio4j.spi.internal.tls;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;

/** Makes the engine that the options ask for. */
public final class TlsEngines {

  private TlsEngines() {}

  /**
   * Refuses options that do not do for a role.
   *
   * @param options how to speak TLS
   * @param role who begins
   * @throws IllegalArgumentException if a server has no context, or a client no name to verify
   */
  public static void require(TlsOptions options, TlsRole role) {
    if (role == TlsRole.SERVER && options.context().isEmpty()) {
      throw new IllegalArgumentException(
          "options must have a context with the server's key but have none; use"
              + " TlsOptions.with(context)");
    }
    if (role == TlsRole.CLIENT && options.verifyHostname() && options.serverName().isEmpty()) {
      throw new IllegalArgumentException(
          "options must have a serverName to verify but have none; use withServerName(name), or"
              + " withoutHostnameVerification()");
    }
  }

  /**
   * Makes an engine.
   *
   * @param options how to speak TLS
   * @param role who begins
   * @param peerPort the port of the peer, by which a client finds a session to resume
   * @return the engine, which has said nothing yet
   * @throws IOException if the JDK has no default context
   * @throws IllegalArgumentException if the options do not do
   */
  public static SSLEngine engineOf(TlsOptions options, TlsRole role, int peerPort)
      throws IOException {
    require(options, role);
    SSLContext context = options.context().isPresent() ? options.context().get() : defaultContext();
    boolean client = role == TlsRole.CLIENT;
    SSLEngine engine =
        client && options.serverName().isPresent()
            ? context.createSSLEngine(options.serverName().get(), peerPort)
            : context.createSSLEngine();
    engine.setUseClientMode(client);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(options.protocols().toArray(String[]::new));
    parameters.setApplicationProtocols(options.applicationProtocols().toArray(String[]::new));
    if (client) {
      parameters.setEndpointIdentificationAlgorithm(options.verifyHostname() ? "HTTPS" : null);
      parameters.setServerNames(options.serverName().map(TlsEngines::indication).orElse(List.of()));
    } else {
      switch (options.clientAuthentication()) {
        case NONE -> parameters.setNeedClientAuth(false);
        case WANTED -> parameters.setWantClientAuth(true);
        case REQUIRED -> parameters.setNeedClientAuth(true);
      }
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static SSLContext defaultContext() throws IOException {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException broken) {
      throw new IOException("the default TLS context of the JDK cannot be made", broken);
    }
  }

  /** A literal address is verified but not asked for (RFC 6066). */
  private static List<SNIServerName> indication(String name) {
    boolean literal = name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || isDigit(c));
    if (literal) {
      return List.of();
    }
    try {
      return List.of(new SNIHostName(name));
    } catch (IllegalArgumentException noHostName) {
      return List.of();
    }
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
