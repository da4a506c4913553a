package org.asyncio4j.examples.redis;

import java.io.IOException;
import java.nio.file.Path;
import org.asyncio4j.examples.peers.FreePort;
import org.asyncio4j.examples.peers.Installed;
import org.asyncio4j.examples.peers.PeerProcess;

/** A real Redis on the loopback, without persistence. */
record RedisServer(PeerProcess process, int port, Path socket) implements AutoCloseable {

  static RedisServer start(Path directory) throws Exception {
    String program = Installed.program("redis-server", "redis-server");
    Path socket = directory.resolve("redis.sock");
    return FreePort.start(port ->
        new RedisServer(
            PeerProcess.start(
                    program,
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(port),
                    "--unixsocket",
                    socket.toString(),
                    "--dir",
                    directory.toString(),
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--daemonize",
                    "no")
                .awaitLine("Ready to accept connections"),
            port,
            socket));
  }

  RedisClient connect() throws IOException {
    return RedisClient.connect("127.0.0.1", port);
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
