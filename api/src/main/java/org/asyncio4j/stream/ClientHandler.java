package org.asyncio4j.stream;

/** Talks to one client of a server: the {@code client_connected_cb} of asyncio. */
@FunctionalInterface
public interface ClientHandler {

  /**
   * Called for each connection, in a task of its own.
   *
   * <p>A handler that throws is reported to the loop's exception handler; then, or if its task is
   * cancelled, the connection is closed. What its own streams have thrown because of the client is
   * not reported, but logged at level DEBUG: that the connection was lost, that the client has
   * ended too early, or has exceeded the limit; also if it is the cause of what the handler throws.
   * The same holds for what they throw because {@link org.asyncio4j.net.Server#closeClients()} or
   * {@code abortClients()} has ended the connection. What ends the connection first decides: after
   * the program has closed it, by the writer or the transport, in whatever task, what the streams
   * throw is reported unless the connection is lost with an error. A mistake that such an exception
   * suppresses is reported, too.
   *
   * <p>A handler that returns has closed the connection itself, or has given the streams to
   * somebody who will:
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
   * @param reader what the client sends
   * @param writer what it gets
   * @throws Exception if the handler wants to be reported
   */
  void handle(StreamReader reader, StreamWriter writer) throws Exception;
}
