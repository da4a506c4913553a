package org.asyncio4j;

import java.io.IOException;
import java.nio.file.Path;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.UnixConnectOptions;
import org.asyncio4j.net.UnixServerOptions;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.Streams;

/** The part of {@link Asyncio} that opens streams. */
abstract sealed class StreamFunctions permits GraphFunctions {

  StreamFunctions() {}

  /**
   * Connects to a TCP server, suspending the current task ({@code asyncio.open_connection}).
   *
   * <pre>{@code
   * try (StreamConnection connection = Asyncio.openConnection("example.org", 7)) {
   *   connection.writer().write("hello\n", UTF_8);
   *   System.out.println(connection.reader().readLine(UTF_8));
   * }
   * }</pre>
   *
   * @param host a name or a literal address
   * @param port the port, 1 to 65535
   * @return the streams; the caller has to close them
   * @throws IOException if the host is unknown or no address could be connected to
   * @throws CancelledError if the task is cancelled meanwhile; nothing is left open then
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   * @throws IllegalStateException if no task runs here
   * @throws UnsupportedOperationException if the loop cannot connect
   */
  public static StreamConnection openConnection(String host, int port) throws IOException {
    return openConnection(ConnectOptions.to(host, port));
  }

  /**
   * Connects to a TCP server, as {@link #openConnection(String, int)} does.
   *
   * @param destination where and how to connect
   * @return the streams; the caller has to close them
   * @throws IOException if the host is unknown or no address could be connected to
   * @throws CancelledError if the task is cancelled meanwhile; nothing is left open then
   * @throws IllegalStateException if no task runs here
   * @throws UnsupportedOperationException if the loop cannot connect
   */
  public static StreamConnection openConnection(ConnectOptions destination) throws IOException {
    return openConnection(destination, StreamOptions.defaults());
  }

  /**
   * Connects to a TCP server, as {@link #openConnection(String, int)} does.
   *
   * @param destination where and how to connect
   * @param options how the streams behave
   * @return the streams; the caller has to close them
   * @throws IOException if the host is unknown or no address could be connected to
   * @throws CancelledError if the task is cancelled meanwhile; nothing is left open then
   * @throws IllegalStateException if no task runs here
   * @throws UnsupportedOperationException if the loop cannot connect
   */
  public static StreamConnection openConnection(ConnectOptions destination, StreamOptions options)
      throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    return Streams.openConnection(loop, destination, options);
  }

  /**
   * Serves TCP clients, each in a task of its own ({@code asyncio.start_server}). Suspends the
   * current task until the server listens.
   *
   * <pre>{@code
   * Server server = Asyncio.startServer(this::handle, "127.0.0.1", 8007);
   * server.serveForever();
   * }</pre>
   *
   * @param handler talks to a client; see {@link ClientHandler} for how its connection ends
   * @param host a name or a literal address
   * @param port the port, or 0 for one that the system chooses
   * @return the server
   * @throws IOException if the host is unknown or an address cannot be bound
   * @throws CancelledError if the task is cancelled meanwhile
   * @throws IllegalArgumentException if the host is empty or the port is out of range
   * @throws IllegalStateException if no task runs here
   * @throws UnsupportedOperationException if the loop cannot serve
   */
  public static Server startServer(ClientHandler handler, String host, int port)
      throws IOException {
    return startServer(handler, ServerOptions.on(host, port));
  }

  /**
   * Serves TCP clients, as {@link #startServer(ClientHandler, String, int)} does.
   *
   * @param handler talks to a client
   * @param place where and how to serve
   * @return the server
   * @throws IOException if a host is unknown or an address cannot be bound
   * @throws CancelledError if the task is cancelled meanwhile
   * @throws IllegalStateException if no task runs here
   * @throws UnsupportedOperationException if the loop cannot serve
   */
  public static Server startServer(ClientHandler handler, ServerOptions place) throws IOException {
    return startServer(handler, place, StreamOptions.defaults());
  }

  /**
   * Serves TCP clients, as {@link #startServer(ClientHandler, String, int)} does.
   *
   * @param handler talks to a client
   * @param place where and how to serve
   * @param options how the streams behave
   * @return the server
   * @throws IOException if a host is unknown or an address cannot be bound
   * @throws CancelledError if the task is cancelled meanwhile
   * @throws IllegalStateException if no task runs here
   * @throws UnsupportedOperationException if the loop cannot serve
   */
  public static Server startServer(
      ClientHandler handler, ServerOptions place, StreamOptions options) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    return Streams.startServer(loop, handler, place, options);
  }

  /**
   * Connects to a server on a socket file, suspending the current task ({@code
   * asyncio.open_unix_connection}).
   *
   * @param path the file
   * @return the streams; the caller has to close them
   * @throws IOException if it could not be connected to; the message names the path
   * @throws CancelledError if the task is cancelled meanwhile; nothing is left open then
   * @throws IllegalArgumentException if the path is empty or not one of the default file system
   * @throws IllegalStateException if no task runs here
   * @throws UnsupportedOperationException if the loop has no Unix sockets
   */
  public static StreamConnection openUnixConnection(Path path) throws IOException {
    return openUnixConnection(UnixConnectOptions.to(path), StreamOptions.defaults());
  }

  /**
   * Connects to a server on a Unix socket, as {@link #openUnixConnection(Path)} does.
   *
   * @param destination where and how to connect
   * @param options how the streams behave
   * @return the streams; the caller has to close them
   * @throws IOException if it could not be connected to; the message names the address
   * @throws CancelledError if the task is cancelled meanwhile; nothing is left open then
   * @throws IllegalStateException if no task runs here
   * @throws UnsupportedOperationException if the loop has no Unix sockets, or none without files
   */
  public static StreamConnection openUnixConnection(
      UnixConnectOptions destination, StreamOptions options) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    return Streams.openUnixConnection(loop, destination, options);
  }

  /**
   * Serves clients on a socket file, each in a task of its own ({@code asyncio.start_unix_server}).
   * A socket file that is in the way is replaced; closing the server deletes the file.
   *
   * @param handler talks to a client; see {@link ClientHandler} for how its connection ends
   * @param path the file, which the server creates
   * @return the server
   * @throws IOException if the file cannot be bound; the message names it
   * @throws CancelledError if the task is cancelled meanwhile
   * @throws IllegalArgumentException if the path is empty or not one of the default file system
   * @throws IllegalStateException if no task runs here
   * @throws UnsupportedOperationException if the loop has no Unix sockets
   */
  public static Server startUnixServer(ClientHandler handler, Path path) throws IOException {
    return startUnixServer(handler, UnixServerOptions.on(path), StreamOptions.defaults());
  }

  /**
   * Serves clients on a Unix socket, as {@link #startUnixServer(ClientHandler, Path)} does.
   *
   * @param handler talks to a client
   * @param place where and how to serve
   * @param options how the streams behave
   * @return the server
   * @throws IOException if the address cannot be bound; the message names it
   * @throws CancelledError if the task is cancelled meanwhile
   * @throws IllegalStateException if no task runs here
   * @throws UnsupportedOperationException if the loop has no Unix sockets, or none without files
   */
  public static Server startUnixServer(
      ClientHandler handler, UnixServerOptions place, StreamOptions options) throws IOException {
    EventLoop loop = Asyncio.runningLoop();
    return Streams.startUnixServer(loop, handler, place, options);
  }
}
