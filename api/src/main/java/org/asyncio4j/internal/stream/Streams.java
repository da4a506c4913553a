package org.asyncio4j.internal.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamPeer;

/** Opens streams. See the functions of {@code Asyncio}. */
public final class Streams {

  private Streams() {}

  /**
   * Implements {@code Asyncio.openConnection}.
   *
   * @param loop the running loop
   * @param destination the destination and the options of the connection
   * @param options how the streams behave
   * @return the streams
   * @throws IOException if no connection could be made
   */
  public static StreamConnection openConnection(
      EventLoop loop, ConnectOptions destination, StreamOptions options) throws IOException {
    requireNonNull(options, "options");
    Connection<StreamsProtocol> connection =
        loop.createConnection(() -> StreamsProtocol.ofClient(loop, options), destination);
    return connection.protocol().open();
  }

  /**
   * Implements {@code Asyncio.startServer}.
   *
   * @param loop the running loop
   * @param handler handles a client
   * @param place the address and the options of the server
   * @param options how the streams behave
   * @return the server
   * @throws IOException if an address cannot be bound
   */
  public static Server startServer(
      EventLoop loop, ClientHandler handler, ServerOptions place, StreamOptions options)
      throws IOException {
    HandlerRunner serving = serving(loop, handler, options);
    Server listening =
        loop.createServer(() -> StreamsProtocol.ofServer(loop, options, serving), place);
    return new StreamServer(loop, listening, serving.clients());
  }

  /**
   * Implements {@code Asyncio.openUnixConnection}.
   *
   * @param loop the running loop
   * @param destination the destination and the options of the connection
   * @param options how the streams behave
   * @return the streams
   * @throws IOException if no connection could be made
   */
  public static StreamConnection openUnixConnection(
      EventLoop loop, UnixConnectOptions destination, StreamOptions options) throws IOException {
    requireNonNull(options, "options");
    Connection<StreamsProtocol> connection =
        loop.createUnixConnection(() -> StreamsProtocol.ofClient(loop, options), destination);
    return connection.protocol().open();
  }

  /**
   * Implements {@code Asyncio.startUnixServer}.
   *
   * @param loop the running loop
   * @param handler handles a client
   * @param place the address and the options of the server
   * @param options how the streams behave
   * @return the server
   * @throws IOException if the address cannot be bound
   */
  public static Server startUnixServer(
      EventLoop loop, ClientHandler handler, UnixServerOptions place, StreamOptions options)
      throws IOException {
    HandlerRunner serving = serving(loop, handler, options);
    Server listening =
        loop.createUnixServer(() -> StreamsProtocol.ofServer(loop, options, serving), place);
    return new StreamServer(loop, listening, serving.clients());
  }

  /**
   * Implements {@code Asyncio.openStreamPeer}.
   *
   * @param loop the running loop
   * @param options how the streams behave
   * @return the other end of the streams
   */
  public static StreamPeer openPeer(EventLoop loop, StreamOptions options) {
    return MemoryPeer.open(loop, requireNonNull(options, "options"));
  }

  private static HandlerRunner serving(
      EventLoop loop, ClientHandler handler, StreamOptions options) {
    requireNonNull(options, "options");
    requireNonNull(handler, "handler");
    return new HandlerRunner(loop, handler, options.cancelOnDisconnect(), new Clients());
  }
}
