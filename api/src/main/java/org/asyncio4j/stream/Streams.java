package org.asyncio4j.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.UnixConnectOptions;
import org.asyncio4j.net.UnixServerOptions;

/**
 * Internal; use the functions of {@code Asyncio}, which say what these do. Public only because the
 * front door is in another package.
 */
public final class Streams {

  private Streams() {}

  /**
   * Stands behind {@code Asyncio.openConnection}.
   *
   * @param loop the loop that runs here
   * @param destination where and how to connect
   * @param options how the streams behave
   * @return the streams
   * @throws IOException if no connection can be made
   */
  public static StreamConnection openConnection(
      EventLoop loop, ConnectOptions destination, StreamOptions options) throws IOException {
    requireNonNull(options, "options");
    Connection<StreamsProtocol> connection =
        loop.createConnection(() -> StreamsProtocol.ofClient(loop, options), destination);
    return connection.protocol().open();
  }

  /**
   * Stands behind {@code Asyncio.startServer}.
   *
   * @param loop the loop that runs here
   * @param handler talks to a client
   * @param place where and how to serve
   * @param options how the streams behave
   * @return the server
   * @throws IOException if an address cannot be bound
   */
  public static Server startServer(
      EventLoop loop, ClientHandler handler, ServerOptions place, StreamOptions options)
      throws IOException {
    requireNonNull(options, "options");
    Clients clients = new Clients();
    Serving serving =
        new Serving(
            loop, requireNonNull(handler, "handler"), options.cancelOnDisconnect(), clients);
    Server listening =
        loop.createServer(() -> StreamsProtocol.ofServer(loop, options, serving), place);
    return new StreamServer(loop, listening, clients);
  }

  /**
   * Stands behind {@code Asyncio.openUnixConnection}.
   *
   * @param loop the loop that runs here
   * @param destination where and how to connect
   * @param options how the streams behave
   * @return the streams
   * @throws IOException if no connection can be made
   */
  public static StreamConnection openUnixConnection(
      EventLoop loop, UnixConnectOptions destination, StreamOptions options) throws IOException {
    requireNonNull(options, "options");
    Connection<StreamsProtocol> connection =
        loop.createUnixConnection(() -> StreamsProtocol.ofClient(loop, options), destination);
    return connection.protocol().open();
  }

  /**
   * Stands behind {@code Asyncio.startUnixServer}.
   *
   * @param loop the loop that runs here
   * @param handler talks to a client
   * @param place where and how to serve
   * @param options how the streams behave
   * @return the server
   * @throws IOException if the address cannot be bound
   */
  public static Server startUnixServer(
      EventLoop loop, ClientHandler handler, UnixServerOptions place, StreamOptions options)
      throws IOException {
    requireNonNull(options, "options");
    Clients clients = new Clients();
    Serving serving =
        new Serving(
            loop, requireNonNull(handler, "handler"), options.cancelOnDisconnect(), clients);
    Server listening =
        loop.createUnixServer(() -> StreamsProtocol.ofServer(loop, options, serving), place);
    return new StreamServer(loop, listening, clients);
  }
}
