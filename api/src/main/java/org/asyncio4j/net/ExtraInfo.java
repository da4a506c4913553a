package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;

/**
 * The name of something that a transport may tell of itself: a key of {@code get_extra_info}.
 * Compared by identity.
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

  /** Who is at the other end, of Unix sockets where the platform can tell. */
  public static final ExtraInfo<PeerCredentials> PEER_CREDENTIALS =
      new ExtraInfo<>("peer_credentials", PeerCredentials.class);

  private final String name;
  private final Class<T> type;

  /**
   * Creates a new key, for transports with more to tell.
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

  @Override
  public String toString() {
    return name;
  }
}
