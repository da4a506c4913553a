package org.asyncio4j.stream;

import java.util.concurrent.Callable;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Runs a handler in a task for each connection, and closes the connection of one that fails.
 *
 * @param loop the loop of the server
 * @param handler the program's
 */
record Serving(EventLoop loop, ClientHandler handler) {

  void start(StreamConnection streams, StreamsProtocol connection) {
    Callable<@Nullable Void> body =
        () -> {
          handler.handle(streams.reader(), streams.writer());
          return null;
        };
    try {
      Task<@Nullable Void> task = loop.createTask(body);
      task.addDoneCallback(done -> ended(done, connection));
    } catch (Throwable refused) {
      // A task factory has refused, so that nobody else would close it.
      connection.transport().abort();
      throw refused;
    }
  }

  private void ended(Future<?> task, StreamsProtocol connection) {
    Transport transport = connection.transport(); // not the first one, if TLS began meanwhile
    if (task.isCancelled()) {
      transport.close();
      return;
    }
    Throwable thrown = task.exception();
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
