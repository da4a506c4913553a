package org.asyncio4j.net.tls;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.asyncio4j.net.options.ServerOptions;
import org.jspecify.annotations.Nullable;

/**
 * The options of TLS: the arguments {@code ssl}, {@code server_hostname}, {@code
 * ssl_handshake_timeout} and {@code ssl_shutdown_timeout} of asyncio, and the settings of Python's
 * {@code ssl.SSLContext} that Java's does not have.
 *
 * <p>Before the handshake is done, when the peer is unknown, it is bounded by:
 *
 * <ul>
 *   <li>time: {@code handshakeLimit};
 *   <li>bytes and records: 128 KiB in 512 records of at most 18,432 bytes. Each message has at most
 *       32 KiB; the JDK's system property {@code jdk.tls.maxHandshakeMessageSize} changes that, and
 *       four times that value is allowed in total. A peer that sends more is disconnected;
 *   <li>connections of a server, those in their handshake included: {@link
 *       ServerOptions#withMaxConnections}.
 * </ul>
 *
 * <p>With TLS 1.2 the JDK lets a client repeat its handshake afterwards as often as it likes,
 * unless {@code jdk.tls.rejectClientInitiatedRenegotiation} is {@code true}.
 *
 * <p>A key manager of the algorithm {@code PKIX} over a PKCS #12 store decrypts the server's key
 * anew for each handshake, which costs more than the handshake itself; {@code SunX509} decrypts it
 * once.
 */
public final class TlsOptions {

  private static final Duration DEFAULT_HANDSHAKE_LIMIT = Duration.ofSeconds(60);
  private static final Duration DEFAULT_SHUTDOWN_LIMIT = Duration.ofSeconds(30);

  private final Optional<SSLContext> context;
  private final Optional<String> serverName;
  private final boolean verifyHostname;
  private final List<String> applicationProtocols;
  private final TlsClientAuthentication clientAuthentication;
  private final List<String> protocols;
  private final Duration handshakeLimit;
  private final Duration shutdownLimit;
  private final Optional<TlsContextChooser> contextChooser;

  private TlsOptions(
      Optional<SSLContext> context,
      Optional<String> serverName,
      boolean verifyHostname,
      List<String> applicationProtocols,
      TlsClientAuthentication clientAuthentication,
      List<String> protocols,
      Duration handshakeLimit,
      Duration shutdownLimit,
      Optional<TlsContextChooser> contextChooser) {
    this.context = requireNonNull(context, "context");
    this.serverName = requireNonNull(serverName, "serverName");
    this.verifyHostname = verifyHostname;
    this.applicationProtocols =
        List.copyOf(requireNonNull(applicationProtocols, "applicationProtocols"));
    this.clientAuthentication = requireNonNull(clientAuthentication, "clientAuthentication");
    this.protocols = List.copyOf(requireNonNull(protocols, "protocols"));
    this.handshakeLimit = handshakeLimit;
    this.shutdownLimit = shutdownLimit;
    this.contextChooser = requireNonNull(contextChooser, "contextChooser");
    ensureValid();
  }

  private void ensureValid() {
    if (serverName.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException(
          "serverName must not be empty; use withoutHostnameVerification() to check none");
    }
    if (applicationProtocols.contains("")) {
      throw new IllegalArgumentException(
          "applicationProtocols must not contain an empty name: " + applicationProtocols);
    }
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException(
          "protocols must not be empty; pass \"TLSv1.3\", for instance");
    }
    if (handshakeLimit.isNegative() || handshakeLimit.isZero()) {
      throw new IllegalArgumentException("handshakeLimit must be positive: " + handshakeLimit);
    }
    if (shutdownLimit.isNegative()) {
      throw new IllegalArgumentException(
          "shutdownLimit must not be negative: %s; use zero to close without waiting"
              .formatted(shutdownLimit));
    }
  }

  /**
   * {@return the defaults: the JDK's default trust, verified names, TLS 1.3 and 1.2, no ALPN, no
   * client certificates, 60 s for the handshake and 30 s for the shutdown}
   */
  public static TlsOptions defaults() {
    return new TlsOptions(
        Optional.empty(),
        Optional.empty(),
        true,
        List.of(),
        TlsClientAuthentication.NONE,
        List.of("TLSv1.3", "TLSv1.2"),
        DEFAULT_HANDSHAKE_LIMIT,
        DEFAULT_SHUTDOWN_LIMIT,
        Optional.empty());
  }

  /**
   * Returns the defaults with the given keys and trust.
   *
   * @param context the keys and the trust, initialised
   * @return the options
   */
  public static TlsOptions with(SSLContext context) {
    return defaults().withContext(context);
  }

  /**
   * Returns these options with the given keys and trust.
   *
   * @param changed the keys and the trust, initialised
   * @return the options
   */
  public TlsOptions withContext(SSLContext changed) {
    return new TlsOptions(
        Optional.of(requireNonNull(changed, "context")),
        serverName,
        verifyHostname,
        applicationProtocols,
        clientAuthentication,
        protocols,
        handshakeLimit,
        shutdownLimit,
        contextChooser);
  }

  /**
   * Returns these options with the given server name.
   *
   * @param changed the name to request and verify: a host name or a literal address
   * @return the options
   * @throws IllegalArgumentException if it is empty
   */
  public TlsOptions withServerName(String changed) {
    return new TlsOptions(
        context,
        Optional.of(requireNonNull(changed, "serverName")),
        verifyHostname,
        applicationProtocols,
        clientAuthentication,
        protocols,
        handshakeLimit,
        shutdownLimit,
        contextChooser);
  }

  /**
   * Returns these options without a check of the name in the server's certificate. Any peer with a
   * trusted certificate can then impersonate the server.
   *
   * @return the options
   */
  public TlsOptions withoutHostnameVerification() {
    return new TlsOptions(
        context,
        serverName,
        false,
        applicationProtocols,
        clientAuthentication,
        protocols,
        handshakeLimit,
        shutdownLimit,
        contextChooser);
  }

  /**
   * Returns these options with the given protocols to negotiate by ALPN.
   *
   * @param changed their names, the preferred one first
   * @return the options
   * @throws IllegalArgumentException if one is empty
   */
  public TlsOptions withApplicationProtocols(List<String> changed) {
    return new TlsOptions(
        context,
        serverName,
        verifyHostname,
        changed,
        clientAuthentication,
        protocols,
        handshakeLimit,
        shutdownLimit,
        contextChooser);
  }

  /**
   * Returns these options with the given client-authentication mode.
   *
   * @param changed the mode
   * @return the options
   */
  public TlsOptions withClientAuthentication(TlsClientAuthentication changed) {
    return new TlsOptions(
        context,
        serverName,
        verifyHostname,
        applicationProtocols,
        changed,
        protocols,
        handshakeLimit,
        shutdownLimit,
        contextChooser);
  }

  /**
   * Returns these options with the given versions of TLS.
   *
   * @param changed the versions, by their JDK names, as {@link
   *     javax.net.ssl.SSLParameters#getProtocols} has them
   * @return the options
   * @throws IllegalArgumentException if there is none
   */
  public TlsOptions withProtocols(List<String> changed) {
    return new TlsOptions(
        context,
        serverName,
        verifyHostname,
        applicationProtocols,
        clientAuthentication,
        changed,
        handshakeLimit,
        shutdownLimit,
        contextChooser);
  }

  /**
   * Returns these options with the given limit for the handshake.
   *
   * @param changed how long the handshake may take
   * @return the options
   * @throws IllegalArgumentException if it is not positive
   */
  public TlsOptions withHandshakeLimit(Duration changed) {
    return new TlsOptions(
        context,
        serverName,
        verifyHostname,
        applicationProtocols,
        clientAuthentication,
        protocols,
        changed,
        shutdownLimit,
        contextChooser);
  }

  /**
   * Returns these options with the given limit for the shutdown.
   *
   * @param changed how long {@code close} waits; zero does not wait for the peer
   * @return the options
   * @throws IllegalArgumentException if it is negative
   */
  public TlsOptions withShutdownLimit(Duration changed) {
    return new TlsOptions(
        context,
        serverName,
        verifyHostname,
        applicationProtocols,
        clientAuthentication,
        protocols,
        handshakeLimit,
        changed,
        contextChooser);
  }

  /**
   * Returns these options with keys and trust for each name of the server: {@code sni_callback}.
   *
   * @param changed chooses the context; the {@linkplain #context() context} of the options is still
   *     needed, for clients that request no name or an unknown name
   * @return the options
   */
  public TlsOptions withContextChooser(TlsContextChooser changed) {
    return new TlsOptions(
        context,
        serverName,
        verifyHostname,
        applicationProtocols,
        clientAuthentication,
        protocols,
        handshakeLimit,
        shutdownLimit,
        Optional.of(requireNonNull(changed, "contextChooser")));
  }

  /**
   * {@return the keys and the trust; if absent, a client uses the default of the JDK, and a server
   * is rejected}
   */
  public Optional<SSLContext> context() {
    return context;
  }

  /**
   * {@return the name that a client requests and verifies; if absent, {@code createConnection} uses
   * the host} Servers ignore it.
   */
  public Optional<String> serverName() {
    return serverName;
  }

  /** {@return whether a client checks that the certificate is for that name} */
  public boolean verifyHostname() {
    return verifyHostname;
  }

  /**
   * {@return the protocols to negotiate by ALPN, the preferred one first; if empty, ALPN is not
   * used}
   */
  public List<String> applicationProtocols() {
    return applicationProtocols;
  }

  /** {@return whether a server asks for certificates} Clients ignore it. */
  public TlsClientAuthentication clientAuthentication() {
    return clientAuthentication;
  }

  /** {@return the versions of TLS to offer, by their JDK names} */
  public List<String> protocols() {
    return protocols;
  }

  /** {@return the time limit of the handshake; always positive} */
  public Duration handshakeLimit() {
    return handshakeLimit;
  }

  /**
   * {@return how long {@code close} waits until buffered bytes are written and the peer's {@code
   * close_notify} arrives; zero closes as soon as all bytes are written, without waiting for the
   * peer}
   */
  public Duration shutdownLimit() {
    return shutdownLimit;
  }

  /** {@return the chooser of the context by the name that a client requests} Clients ignore it. */
  public Optional<TlsContextChooser> contextChooser() {
    return contextChooser;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TlsOptions that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "TlsOptions%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("context", context);
    components.put("serverName", serverName);
    components.put("verifyHostname", verifyHostname);
    components.put("applicationProtocols", applicationProtocols);
    components.put("clientAuthentication", clientAuthentication);
    components.put("protocols", protocols);
    components.put("handshakeLimit", handshakeLimit);
    components.put("shutdownLimit", shutdownLimit);
    components.put("contextChooser", contextChooser);
    return components;
  }
}
