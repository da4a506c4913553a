package org.asyncio4j.internal.stream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Transport;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * Runs a handler in a task for each connection, and closes the connection if its handler fails.
 *
 * @param loop the loop of the server
 * @param handler the handler of the program
 * @param cancelOnDisconnect whether a handler is cancelled when its client is gone
 * @param clients all connections of the server
 */
record HandlerRunner(
    EventLoop loop, ClientHandler handler, boolean cancelOnDisconnect, Clients clients) {

  private static final Logger LOGGER = System.getLogger("org.asyncio4j");

  /** {@return the task of the handler} */
  Task<?> start(StreamConnection streams, StreamsProtocol connection) {
    Callable<@Nullable Void> body =
        () -> {
          handle(streams, connection);
          return null;
        };
    try {
      Task<@Nullable Void> task = loop.createTask(body);
      task.addDoneCallback(done -> ended(done, connection));
      return task;
    } catch (Throwable refused) {
      // The task factory has thrown an exception, so no other code would close it.
      connection.transport().abort();
      throw refused;
    }
  }

  /**
   * If a handler fails because of its client, or because the server has closed the connection, this
   * does not count as a failure: its task ends normally.
   */
  private void handle(StreamConnection streams, StreamsProtocol connection) throws Exception {
    try {
      handler.handle(streams.reader(), streams.writer());
    } catch (Throwable thrown) {
      connection.handled();
      settleLoss(connection);
      if (!connection.faults().explain(thrown)) {
        throw thrown;
      }
      LOGGER.log(Level.DEBUG, () -> connection.describeEnd(), thrown);
      connection.closeForOthers();
    }
  }

  // The failure of the handler must not be lost if its task is cancelled at the same time.
  private static void settleLoss(StreamsProtocol connection) {
    try {
      connection.settleLoss();
    } catch (CancelledError late) {
      LOGGER.log(Level.DEBUG, "A handler was cancelled that had failed already", late);
    }
  }

  /** Called when the connection is lost and its handler has not closed it. */
  void disconnected(Task<?> task) {
    if (cancelOnDisconnect) {
      boolean ignored = task.cancel("the client has disconnected");
    }
  }

  private void ended(Future<?> task, StreamsProtocol connection) {
    connection.handled();
    Transport transport = connection.transport(); // not the first one, if TLS has started since
    if (task.isCancelled()) {
      transport.close();
      return;
    }
    Throwable thrown = task.exception().orElse(null);
    if (thrown != null) {
      loop.callExceptionHandler(
          ErrorReport.of("Unhandled exception in the handler of a client")
              .withException(thrown)
              .withFuture(task)
              .withTransport(transport));
      transport.close();
    }
  }
}
