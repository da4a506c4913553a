package org.asyncio4j.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The part of a loop that makes connections (asyncio, "Opening network connections" and "Creating
 * network servers"), and endpoints of datagrams.
 */
public interface Networking extends SocketNetworking {

  /**
   * Connects to a TCP server, suspending the current task. If the host has several addresses they
   * are raced, as {@link ConnectOptions} tells.
   *
   * <p>Cancelled at whatever moment it leaves no connection behind.
   *
   * @param protocolFactory makes the protocol, once the connection is made
   * @param options where and how to connect
   * @param <P> the type of the protocol
   * @return the connection; {@link StreamProtocol#connectionMade} has been called
   * @throws IOException if the host is unknown or no connection to any address succeeded; what each
   *     address failed with is its cause or suppressed by it
   * @throws IllegalArgumentException if TLS is asked for and its context does not know a version
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support connecting
   */
  <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException;

  /**
   * Connects to a TCP server with the default options.
   *
   * @param protocolFactory makes the protocol, once the connection is made
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
   * @param options where and how to serve
   * @return the server
   * @throws IOException if a host is unknown or an address cannot be bound; no socket is left open
   * @throws IllegalArgumentException if TLS is asked for and its context does not know a version,
   *     or has none of the versions enabled
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
   * loop.create_datagram_endpoint}). The addresses are tried in turn, those of the same family
   * together.
   *
   * @param protocolFactory makes the protocol, once the socket is bound or connected
   * @param options where and how to send and receive
   * @param <P> the type of the protocol
   * @return the endpoint; {@link DatagramProtocol#connectionMade} has been called
   * @throws IOException if a host is unknown, or no address could be bound or connected; what each
   *     failed with is thrown or suppressed by what is thrown. No socket is left open then
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop has no datagrams, or cannot share ports
   */
  <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
      Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException;

  /**
   * Begins to speak TLS on a connection, suspending the current task: {@code loop.start_tls}.
   *
   * <p>Nothing that the peer has sent and that the loop has not read yet is lost. The given
   * transport must not be used any more: whatever it hears goes through TLS, and the protocol hears
   * from the new transport only. Transports that speak TLS themselves may be given, too.
   *
   * <p>If this throws after the handshake was begun, or the task is cancelled, the connection is
   * closed and the former protocol is notified by {@link StreamProtocol#connectionLost}, once: with
   * the exception that is thrown, whatever the connection was lost with, and with {@code null} if
   * the task was cancelled before. The new protocol is not called then, and otherwise not before
   * this method has returned.
   *
   * @param transport a connection of this loop
   * @param protocol the protocol of the new transport; {@link StreamProtocol#connectionMade} is not
   *     called, because its connection was made before
   * @param options how to speak it
   * @param role who begins the handshake
   * @return the new transport; the handshake is done
   * @throws TlsConfigurationException if the handshake fails because of this end
   * @throws IOException if the handshake fails or takes too long, or the connection is lost; it is
   *     closed then, as when the task is cancelled
   * @throws IllegalArgumentException if a server has no context, a client that verifies the name
   *     has none, or the context does not know a version, or of a server has none of them enabled;
   *     nothing has changed
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop cannot speak TLS
   */
  default Transport startTls(
      Transport transport, StreamProtocol protocol, TlsOptions options, TlsRole role)
      throws IOException {
    return startTls(transport, protocol, options, role, ByteBuffer.allocate(0));
  }

  /**
   * Begins to speak TLS on a connection of which the former protocol has heard the beginning of the
   * TLS stream already: a peer may send its first message of TLS right behind the last plain one.
   *
   * @param transport a connection of this loop
   * @param protocol the protocol of the new transport
   * @param options how to speak it
   * @param role who begins the handshake
   * @param received what was heard after the last plain message; all of it is taken
   * @return the new transport; the handshake is done
   * @throws IOException if the handshake fails or takes too long, or the connection is lost
   * @throws IllegalArgumentException if a server has no context, a client that verifies the name
   *     has none, or the context does not know a version, or of a server has none of them enabled;
   *     nothing has changed
   * @throws IllegalStateException if the caller is not a task, or if the memory of {@code received}
   *     was freed; nothing has changed
   * @throws WrongThreadException if the memory of {@code received} belongs to another thread;
   *     nothing has changed
   * @throws UnsupportedOperationException if the loop cannot speak TLS
   */
  Transport startTls(
      Transport transport,
      StreamProtocol protocol,
      TlsOptions options,
      TlsRole role,
      ByteBuffer received)
      throws IOException;

  /**
   * Connects to a server on a Unix socket, suspending the current task. A server whose backlog is
   * full is waited for.
   *
   * @param protocolFactory makes the protocol, once the connection is made
   * @param options where to connect
   * @param <P> the type of the protocol
   * @return the connection; {@link StreamProtocol#connectionMade} has been called
   * @throws IOException if the connection failed; the message names the path
   * @throws IllegalArgumentException if TLS is asked for and its context does not know a version,
   *     or there is no name to verify
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix sockets, or not those
   *     without files
   */
  <P extends StreamProtocol> Connection<P> createUnixConnection(
      Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException;

  /**
   * Connects to a server on a socket file.
   *
   * @param protocolFactory makes the protocol, once the connection is made
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
   * Creates a server on a Unix socket. A socket file that is in the way is replaced, whoever made
   * it, as asyncio does; a file of any other kind is left alone. {@link Server#close()} deletes the
   * file, unless another server has replaced it.
   *
   * @param protocolFactory makes a protocol for each connection
   * @param options where and how to serve
   * @return the server
   * @throws IOException if the address cannot be bound; the message names it
   * @throws IllegalArgumentException if TLS is asked for and its context does not know a version,
   *     or has none of the versions enabled
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
   * Creates an endpoint that sends and receives datagrams by a Unix socket, suspending the current
   * task ({@code loop.create_datagram_endpoint} with {@code AF_UNIX}). A socket file that is in the
   * way of the local address is replaced, whoever made it, as asyncio does; a file of any other
   * kind is left alone. Closing the endpoint deletes its file, unless another socket has replaced
   * it.
   *
   * <p>Unix sockets lose no datagram: a receiver that is behind holds up who sends to it. Such a
   * datagram waits in the endpoint's queue, and those behind it wait with it, also if they go
   * elsewhere. An endpoint with a remote address goes on as soon as the receiver has read; to one
   * without, the system does not tell, so it tries again with pauses that grow from 1 to 64
   * milliseconds. A datagram of 256 KiB or more that is received is not delivered but told by
   * {@link DatagramProtocol#errorReceived}.
   *
   * <p>The sender of a datagram is an unnamed {@link java.net.UnixDomainSocketAddress} if it has no
   * address. An endpoint whose remote receiver has gone hears {@link
   * DatagramProtocol#errorReceived} for each datagram that it sends, and reaches a new receiver at
   * the same address.
   *
   * @param protocolFactory makes the protocol, once the socket is bound and connected
   * @param options where to send and receive
   * @param <P> the type of the protocol
   * @return the endpoint; {@link DatagramProtocol#connectionMade} has been called
   * @throws IOException if the local address cannot be bound, or nobody receives at the remote one;
   *     the message names it. Neither a socket nor its file is left then
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop has no Unix datagrams, or none without files
   */
  <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
      Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException;

  /**
   * Finds the addresses of a host in the way of {@link #nameResolution()}, suspending the current
   * task ({@code loop.getaddrinfo}). A literal address is taken at its word and not looked up,
   * except one with a scope.
   *
   * @param host a name or a literal address
   * @return its addresses, at least one, in the order of the resolver
   * @throws java.net.UnknownHostException if there is no such host; the message names it
   * @throws org.asyncio4j.core.TimeoutException if that takes longer than the time limit
   * @throws IOException if the resolver fails for another reason
   * @throws IllegalArgumentException if the host is empty
   * @throws IllegalStateException if the caller is not a task
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled; the lookup is left to
   *     itself
   */
  List<InetAddress> resolve(String host) throws IOException;

  /**
   * Says who finds the addresses of hosts from now on, where options do not say otherwise.
   *
   * @param changed who finds them, and how long that may take
   */
  void setNameResolution(NameResolution changed);

  /** {@return who finds the addresses of hosts, and how long that may take} */
  NameResolution nameResolution();
}
