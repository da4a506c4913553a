package org.asyncio4j.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.net.options.NameResolution;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.tls.TlsConfigurationException;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;

/**
 * The part of a loop that makes connections, servers and datagram endpoints (asyncio, "Opening
 * network connections" and "Creating network servers").
 */
public interface Networking extends SocketNetworking {

  /**
   * Connects to a TCP server, suspending the current task. If the host has several addresses, they
   * are raced, as {@link ConnectOptions} describes.
   *
   * <p>If the task is cancelled at any point, no connection is leaked.
   *
   * @param protocolFactory makes the protocol once the connection is made
   * @param options the address and the options
   * @param <P> the type of the protocol
   * @return the connection; {@link StreamProtocol#connectionMade} has been called
   * @throws IOException if the host is unknown or no connection to any address succeeded; the
   *     failure of each address is its cause or a suppressed exception
   * @throws IllegalArgumentException if TLS is requested and its context does not support one of
   *     the versions
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support connecting
   */
  <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException;

  /**
   * Connects to a TCP server with the default options.
   *
   * @param protocolFactory makes the protocol once the connection is made
   * @param host a name or a literal address
   * @param port the port, 1 to 65535
   * @param <P> the type of the protocol
   * @return the connection
   * @throws IOException if the host is unknown or no connection to any address succeeded
   * @throws IllegalStateException if the caller is not a task
   */
  default <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, String host, int port) throws IOException {
    return createConnection(protocolFactory, ConnectOptions.to(host, port));
  }

  /**
   * Creates a TCP server, suspending the current task.
   *
   * @param protocolFactory makes a protocol for each connection
   * @param options the address and the options
   * @return the server
   * @throws IOException if a host is unknown or an address cannot be bound; no socket is left open
   * @throws IllegalArgumentException if TLS is requested and its context does not support one of
   *     the versions, or has none of the versions enabled
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support servers
   */
  Server createServer(Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
      throws IOException;

  /**
   * Creates a TCP server with the default options.
   *
   * @param protocolFactory makes a protocol for each connection
   * @param host a name or a literal address
   * @param port the port, or 0 for one that the system chooses
   * @return the server
   * @throws IOException if the host is unknown or an address cannot be bound
   * @throws IllegalStateException if the caller is not a task
   */
  default Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, String host, int port)
      throws IOException {
    return createServer(protocolFactory, ServerOptions.on(host, port));
  }

  /**
   * Creates an endpoint that sends and receives datagrams, suspending the current task ({@code
   * loop.create_datagram_endpoint}). Pairs of local and remote addresses of the same family are
   * tried in turn.
   *
   * @param protocolFactory makes the protocol once the socket is bound or connected
   * @param options the addresses and the options
   * @param <P> the type of the protocol
   * @return the endpoint; {@link DatagramProtocol#connectionMade} has been called
   * @throws IOException if a host is unknown, or no address could be bound or connected; the
   *     failure of one address is thrown, with those of the others as suppressed exceptions. No
   *     socket is left open
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support datagrams or sharing of
   *     ports
   */
  <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
      Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException;

  /**
   * Starts TLS on a connection, suspending the current task: {@code loop.start_tls}.
   *
   * <p>Bytes that the peer has sent and that the loop has not read yet are not lost. The given
   * transport must no longer be used: everything that it receives goes through TLS, and only the
   * new transport calls the protocol. The given transport may itself use TLS.
   *
   * <p>If this method throws after the handshake has begun, or the task is cancelled, the
   * connection is closed and {@link StreamProtocol#connectionLost} of the former protocol is called
   * once: with the exception that this method throws, regardless of how the connection was lost, or
   * with {@code null} if the task was cancelled before that. In that case the new protocol is not
   * called; otherwise it is not called before this method has returned.
   *
   * @param transport a connection of this loop
   * @param protocol the protocol of the new transport; {@link StreamProtocol#connectionMade} is not
   *     called, because its connection was made before
   * @param options the TLS options
   * @param role the part that this end plays in the handshake
   * @return the new transport, whose handshake is done
   * @throws TlsConfigurationException if the handshake fails because of this end
   * @throws IOException if the handshake fails or takes too long, or the connection is lost; the
   *     connection is closed, as when the task is cancelled
   * @throws IllegalArgumentException if a server has no context, a client that verifies the
   *     server's name has no name, or the context does not support one of the versions, or of a
   *     server has none of them enabled; nothing has changed
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support TLS
   */
  default Transport startTls(
      Transport transport, StreamProtocol protocol, TlsOptions options, TlsRole role)
      throws IOException {
    return startTls(transport, protocol, options, role, ByteBuffer.allocate(0));
  }

  /**
   * Starts TLS on a connection whose former protocol has already received the beginning of the TLS
   * stream, because a peer may send its first TLS message right after the last plain one.
   *
   * @param transport a connection of this loop
   * @param protocol the protocol of the new transport
   * @param options the TLS options
   * @param role the part that this end plays in the handshake
   * @param received the bytes received after the last plain message; all of them are taken
   * @return the new transport, whose handshake is done
   * @throws IOException if the handshake fails or takes too long, or the connection is lost
   * @throws IllegalArgumentException if a server has no context, a client that verifies the
   *     server's name has no name, or the context does not support one of the versions, or of a
   *     server has none of them enabled; nothing has changed
   * @throws IllegalStateException if the caller is not a task, or if the memory of {@code received}
   *     was freed; nothing has changed
   * @throws WrongThreadException if the memory of {@code received} belongs to another thread;
   *     nothing has changed
   * @throws UnsupportedOperationException if the loop does not support TLS
   */
  Transport startTls(
      Transport transport,
      StreamProtocol protocol,
      TlsOptions options,
      TlsRole role,
      ByteBuffer received)
      throws IOException;

  /**
   * Connects to a server on a Unix socket, suspending the current task. If the backlog of the
   * server is full, waits until there is room.
   *
   * @param protocolFactory makes the protocol once the connection is made
   * @param options the address and the options
   * @param <P> the type of the protocol
   * @return the connection; {@link StreamProtocol#connectionMade} has been called
   * @throws IOException if the connection failed; the message names the path
   * @throws IllegalArgumentException if TLS is requested and its context does not support one of
   *     the versions, or there is no server name to verify
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix sockets, or not those
   *     without files
   */
  <P extends StreamProtocol> Connection<P> createUnixConnection(
      Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException;

  /**
   * Connects to a server on a socket file.
   *
   * @param protocolFactory makes the protocol once the connection is made
   * @param path the file
   * @param <P> the type of the protocol
   * @return the connection
   * @throws IOException if the connection failed
   * @throws IllegalStateException if the caller is not a task
   */
  default <P extends StreamProtocol> Connection<P> createUnixConnection(
      Supplier<? extends P> protocolFactory, Path path) throws IOException {
    return createUnixConnection(protocolFactory, UnixConnectOptions.to(path));
  }

  /**
   * Creates a server on a Unix socket. An existing socket file is replaced, even if another process
   * made it, as asyncio does; a file of any other kind is not touched. {@link Server#close()}
   * deletes the file, unless another server has replaced it.
   *
   * @param protocolFactory makes a protocol for each connection
   * @param options the address and the options
   * @return the server
   * @throws IOException if the address cannot be bound; the message names it
   * @throws IllegalArgumentException if TLS is requested and its context does not support one of
   *     the versions, or has none of the versions enabled
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix sockets, or not those
   *     without files
   */
  Server createUnixServer(
      Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
      throws IOException;

  /**
   * Creates a server on a socket file with the default options.
   *
   * @param protocolFactory makes a protocol for each connection
   * @param path the file
   * @return the server
   * @throws IOException if the file cannot be bound
   * @throws IllegalStateException if the caller is not a task
   */
  default Server createUnixServer(Supplier<? extends StreamProtocol> protocolFactory, Path path)
      throws IOException {
    return createUnixServer(protocolFactory, UnixServerOptions.on(path));
  }

  /**
   * Creates an endpoint that sends and receives datagrams over a Unix socket, suspending the
   * current task ({@code loop.create_datagram_endpoint} with {@code AF_UNIX}). An existing socket
   * file at the local address is replaced, even if another process made it, as asyncio does; a file
   * of any other kind is not touched. Closing the endpoint deletes its file, unless another socket
   * has replaced it.
   *
   * <p>Unix sockets lose no datagram: a slow receiver holds up its senders. Such a datagram waits
   * in the endpoint's queue, and those behind it wait, too, even if they go to other receivers. An
   * endpoint with a remote address continues as soon as the receiver has read; an endpoint without
   * one is not notified by the system, so it retries with pauses that grow from 1 to 64
   * milliseconds. A received datagram of 256 KiB or more is not delivered but reported by {@link
   * DatagramProtocol#errorReceived}.
   *
   * <p>The sender of a datagram is an unnamed {@link java.net.UnixDomainSocketAddress} if it has no
   * address. If the remote receiver of an endpoint is gone, {@link DatagramProtocol#errorReceived}
   * is called for each datagram that is sent, until there is a new receiver at the same address.
   *
   * @param protocolFactory makes the protocol once the socket is bound and connected
   * @param options the addresses and the options
   * @param <P> the type of the protocol
   * @return the endpoint; {@link DatagramProtocol#connectionMade} has been called
   * @throws IOException if the local address cannot be bound, or no socket receives at the remote
   *     one; the message names it. Neither a socket nor its file is left
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix datagrams, or not those
   *     without files
   */
  <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
      Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException;

  /**
   * Finds the addresses of a host with the loop's {@link #nameResolution()}, suspending the current
   * task ({@code loop.getaddrinfo}). A literal address is not looked up, unless it has a scope.
   *
   * @param host a name or a literal address
   * @return its addresses, at least one, in the order of the resolver
   * @throws java.net.UnknownHostException if the host is unknown; the message names it
   * @throws org.asyncio4j.core.TimeoutException if the lookup takes longer than the time limit
   * @throws IOException if the resolver fails for another reason
   * @throws IllegalArgumentException if the host is empty
   * @throws IllegalStateException if the caller is not a task
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled; the lookup continues
   *     without it
   */
  List<InetAddress> resolve(String host) throws IOException;

  /**
   * Sets the name resolution, which is used unless options specify another.
   *
   * @param changed the resolver and its time limit
   */
  void setNameResolution(NameResolution changed);

  /** {@return the name resolution of the loop} */
  NameResolution nameResolution();
}
