package org.asyncio4j.examples;

import java.io.IOException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.net.Server;

/** Echoes until Ctrl-C or SIGTERM, then ends its clients instead of waiting for them. */
final class EndingServer {

  private EndingServer() {}

  static void main(String[] args) throws IOException {
    int port = args.length == 0 ? 8007 : Integer.parseInt(args[0]);
    try {
      Asyncio.run(() -> serve(port));
    } catch (CancelledError ended) {
      IO.println("stopped: " + ended.getMessage());
    }
  }

  private static void serve(int port) throws IOException {
    Server server = Asyncio.runningLoop().createServer(EchoServer::new, "127.0.0.1", port);
    IO.println("serving on port " + server.port());
    // region ending-server
    try {
      server.waitClosed(); // until Ctrl-C or SIGTERM cancels this task
    } finally {
      server.close();
      server.closeClients();
      server.waitClosed();
    }
    // endregion
  }
}
