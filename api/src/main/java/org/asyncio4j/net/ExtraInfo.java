package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.asyncio4j.net.socket.PeerCredentials;
import org.asyncio4j.net.socket.TransportSocket;

/**
 * A key for information about a transport: a key of {@code get_extra_info}. Compared by identity.
 *
 * @param <T> the type of the information
 */
public final class ExtraInfo<T> {

  /** The socket, for its addresses and options. */
  public static final ExtraInfo<TransportSocket> SOCKET =
      new ExtraInfo<>("socket", TransportSocket.class);

  /** The local address. */
  public static final ExtraInfo<SocketAddress> SOCKNAME =
      new ExtraInfo<>("sockname", SocketAddress.class);

  /** The peer's address, as it was when the transport was made. */
  public static final ExtraInfo<SocketAddress> PEERNAME =
      new ExtraInfo<>("peername", SocketAddress.class);

  /** The TLS session: {@code ssl_object}. Only TLS transports have this and the other TLS keys. */
  public static final ExtraInfo<SSLSession> SSL_SESSION =
      new ExtraInfo<>("ssl_session", SSLSession.class);

  /** The context that created the TLS session: {@code sslcontext}. */
  public static final ExtraInfo<SSLContext> SSL_CONTEXT =
      new ExtraInfo<>("sslcontext", SSLContext.class);

  /** The peer's certificate chain, if it sent one: {@code peercert}. */
  public static final ExtraInfo<List<Certificate>> PEER_CERTIFICATES = ofList("peercert");

  /** The cipher suite, by its standard name: {@code cipher}. */
  public static final ExtraInfo<String> CIPHER = new ExtraInfo<>("cipher", String.class);

  /** The version of TLS, for instance {@code TLSv1.3}. */
  public static final ExtraInfo<String> TLS_VERSION = new ExtraInfo<>("tls_version", String.class);

  /** The protocol that ALPN has chosen, if any: {@code selected_alpn_protocol}. */
  public static final ExtraInfo<String> ALPN_PROTOCOL =
      new ExtraInfo<>("alpn_protocol", String.class);

  /** The credentials of the peer, for Unix sockets on platforms that provide them. */
  public static final ExtraInfo<PeerCredentials> PEER_CREDENTIALS =
      new ExtraInfo<>("peer_credentials", PeerCredentials.class);

  private final String name;
  private final Class<T> type;

  /**
   * Creates a new key, for transports that provide more information.
   *
   * @param name its name, for messages
   * @param type the type of the information
   */
  public ExtraInfo(String name, Class<T> type) {
    this.name = requireNonNull(name, "name");
    this.type = requireNonNull(type, "type");
  }

  /** {@return the type of the information} */
  public Class<T> type() {
    return type;
  }

  @SuppressWarnings("unchecked") // the class of a list does not have the type of its elements
  private static <E> ExtraInfo<List<E>> ofList(String name) {
    return new ExtraInfo<>(name, (Class<List<E>>) (Class<?>) List.class);
  }

  @Override
  public String toString() {
    return name;
  }
}
