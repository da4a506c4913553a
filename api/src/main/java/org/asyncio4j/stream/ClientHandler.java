package org.asyncio4j.stream;

/** Handles one client of a server: the {@code client_connected_cb} of asyncio. */
@FunctionalInterface
public interface ClientHandler {

  /**
   * Called for each connection, in a task of its own.
   *
   * <p>If a handler throws an exception, it is reported to the loop's exception handler; then, or
   * if the handler's task is cancelled, the connection is closed. Exceptions that its own streams
   * have thrown because of the client are not reported, but logged at level DEBUG, also if they are
   * only the cause of the handler's exception: the connection was lost, the client has ended its
   * stream too early, or has exceeded the limit. The same holds for exceptions that they throw
   * because {@link org.asyncio4j.net.Server#closeClients()} or {@code abortClients()} has ended the
   * connection. The first end of the connection decides: after the program has closed it, by the
   * writer or the transport and in any task, the exceptions of the streams are reported unless the
   * connection is lost with an error. Other failures that such an exception suppresses are
   * reported, too.
   *
   * <p>A handler that returns must have closed the connection, or passed the streams to code that
   * closes it:
   *
   * <pre>{@code
   * (reader, writer) -> {
   *   try (writer) {
   *     writer.write(reader.readLine());
   *     writer.drain();
   *   }
   * }
   * }</pre>
   *
   * @param reader reads what the client sends
   * @param writer writes to the client
   * @throws Exception to be reported
   */
  void handle(StreamReader reader, StreamWriter writer) throws Exception;
}
