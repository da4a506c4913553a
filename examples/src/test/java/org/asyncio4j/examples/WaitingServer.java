package org.asyncio4j.examples;

import java.io.IOException;
import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.RunnerOptions;
import org.asyncio4j.net.Server;

/** A server whose clients stay connected, with the given limit in milliseconds to end. */
final class WaitingServer {

  private WaitingServer() {}

  static void main(String[] args) throws IOException {
    Duration limit = Duration.ofMillis(Long.parseLong(args[0]));
    Asyncio.run(WaitingServer::serve, RunnerOptions.defaults().withTerminationLimit(limit));
  }

  private static void serve() throws IOException {
    Server server = Asyncio.runningLoop().createServer(EchoServer::new, "127.0.0.1", 0);
    IO.println("serving on port " + server.port());
    server.serveForever();
  }
}
