package org.asyncio4j.spi.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.tls.TlsConfigurationException;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.jspecify.annotations.Nullable;

/**
 * Creates the engine of a connection from its options. A server with a key for each of its names
 * creates it once the client has requested a name.
 */
public final class TlsEngines {

  private final Consumer<ErrorReport> handler;
  private final ServerSelfTest selfTest;
  private final TlsOptions options;
  private final TlsRole role;
  private final int peerPort;
  private Optional<SSLContext> context;
  private SSLEngine engine;
  private @Nullable ClientHelloReader undecided;
  private boolean canAnswer;

  /**
   * Creates the first engine.
   *
   * @param handler receives the exception of a chooser that throws
   * @param selfTest determines why a server rejects its clients
   * @param options the TLS settings
   * @param role whether this end is the client or the server
   * @param peerPort the port of the peer, with which a client finds a session to resume
   * @throws IOException if the JDK has no default context
   * @throws IllegalArgumentException if the options are not valid
   */
  public TlsEngines(
      Consumer<ErrorReport> handler,
      ServerSelfTest selfTest,
      TlsOptions options,
      TlsRole role,
      int peerPort)
      throws IOException {
    requireNames(options, role);
    this.handler = handler;
    this.selfTest = selfTest;
    this.options = options;
    this.role = role;
    this.peerPort = peerPort;
    context = options.context();
    engine = make(contextOf(options));
    boolean chooses = role == TlsRole.SERVER && options.contextChooser().isPresent();
    undecided = chooses ? new ClientHelloReader() : null;
  }

  /** {@return the engine, which may be replaced by {@link #decide}} */
  SSLEngine engine() {
    return engine;
  }

  /** {@return the context of the engine, unless it is the JDK's default} */
  Optional<SSLContext> context() {
    return context;
  }

  /** Notes that a handshake was done, or that it would succeed with another client. */
  void finished() {
    if (role == TlsRole.SERVER) {
      context.ifPresent(selfTest::passed);
    }
  }

  /** {@return whether {@link #ask} must determine why this end rejects a peer} */
  boolean mustAsk() {
    return role == TlsRole.SERVER && !selfTest.hasPassed(context.orElseThrow());
  }

  /**
   * Tests whether the server can accept any client. Callable from any thread. Always returns true.
   */
  boolean ask() {
    canAnswer = ServerSelfTest.canAnswer(make(context.orElseThrow()));
    return true;
  }

  /** {@return a rejection, with the result of the test: which end is at fault} */
  SSLHandshakeException explained(SSLHandshakeException refusal) {
    if (canAnswer) {
      finished();
      return refusal;
    }
    return new TlsConfigurationException(
        "cannot serve TLS: the context has no key and certificate for its TLS versions; initialize"
            + " it with a key manager that has them",
        refusal);
  }

  /**
   * Decides which engine to use.
   *
   * @param received all bytes received from the client, from the first; none is consumed
   * @return whether the engine was decided; otherwise more data is needed
   * @throws SSLException if the chooser threw, which was reported
   */
  boolean decide(ByteBuffer received) throws SSLException {
    ClientHelloReader hello = undecided;
    if (hello == null) {
      return true;
    }
    if (!hello.read(received)) {
      return false;
    }
    undecided = null;
    if (hello.serverName().isPresent()) {
      choose(hello.serverName().get());
    }
    return true;
  }

  private void choose(String name) throws SSLException {
    try {
      Optional<SSLContext> chosen = options.contextChooser().orElseThrow().choose(name);
      if (chosen.isPresent()) {
        SSLEngine other = make(chosen.get());
        other.beginHandshake();
        context = chosen;
        engine = other;
      }
    } catch (Throwable thrown) {
      handler.accept(
          ErrorReport.of("TlsContextChooser.choose() failed for " + name).withException(thrown));
      throw new SSLHandshakeException("cannot choose a context for " + name, thrown);
    }
  }

  /**
   * Checks that the options are valid for a role, before anything is connected or bound.
   *
   * @param tls the TLS settings, if TLS is used
   * @param role whether this end is the client or the server
   * @throws IOException if the JDK has no default context
   * @throws IllegalArgumentException if a server has no context, or none of the versions is enabled
   *     in it; if a client has no name to verify; or if the context does not know a version
   * @throws IllegalStateException if the context is not initialised
   */
  public static void require(Optional<TlsOptions> tls, TlsRole role) throws IOException {
    if (tls.isPresent()) {
      TlsOptions options = tls.get();
      requireNames(options, role);
      SSLEngine engine = contextOf(options).createSSLEngine();
      requireVersions(options, engine);
      if (role == TlsRole.SERVER) {
        requireEnabledVersion(options, engine);
      }
    }
  }

  private static void requireVersions(TlsOptions options, SSLEngine engine) {
    List<String> known = List.of(engine.getSupportedProtocols());
    for (String version : options.protocols()) {
      if (!known.contains(version)) {
        throw new IllegalArgumentException(
            "protocols must be versions that the context supports: '%s' is none of %s"
                .formatted(version, known));
      }
    }
  }

  /**
   * Throws if no version is enabled, so that a server does not fail with each client and the caller
   * of a client gets the exception.
   */
  private static void requireEnabledVersion(TlsOptions options, SSLEngine engine) {
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(options.protocols().toArray(String[]::new));
    try {
      engine.beginHandshake();
    } catch (SSLException refusal) {
      throw new IllegalArgumentException(
          "cannot serve TLS with the versions %s: none is enabled in this JDK; name another"
              .formatted(options.protocols()),
          refusal);
    }
  }

  private static void requireNames(TlsOptions options, TlsRole role) {
    if (role == TlsRole.SERVER && options.context().isEmpty()) {
      throw new IllegalArgumentException(
          "tls must have a context with the server's key; use TlsOptions.with(context)");
    }
    if (role == TlsRole.CLIENT && options.verifyHostname() && options.serverName().isEmpty()) {
      throw new IllegalArgumentException(
          "cannot verify the server's name: tls has no serverName; use withServerName(name), or"
              + " withoutHostnameVerification()");
    }
  }

  private SSLEngine make(SSLContext made) {
    boolean client = role == TlsRole.CLIENT;
    SSLEngine fresh =
        client && options.serverName().isPresent()
            ? made.createSSLEngine(options.serverName().get(), peerPort)
            : made.createSSLEngine();
    requireVersions(options, fresh);
    fresh.setUseClientMode(client);
    SSLParameters parameters = fresh.getSSLParameters();
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
    fresh.setSSLParameters(parameters);
    return fresh;
  }

  private static SSLContext contextOf(TlsOptions options) throws IOException {
    if (options.context().isPresent()) {
      return options.context().get();
    }
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException broken) {
      throw new IOException("cannot create the JDK's default TLS context", broken);
    }
  }

  /** Returns the server name indication; a literal address is verified but not sent (RFC 6066). */
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
