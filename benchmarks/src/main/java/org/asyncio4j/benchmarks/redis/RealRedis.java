package org.asyncio4j.benchmarks.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.asyncio4j.benchmarks.comparison.ChildProcess;
import org.asyncio4j.benchmarks.comparison.ServerProcess;
import org.asyncio4j.benchmarks.comparison.Tools;

/** Starts Redis itself, without persistence. */
final class RealRedis {

  // Redis does not end with its standard input. Redis replaces the shell, and so has
  // its process ID.
  private static final String END_WITH_INPUT =
      "exec 3<&0; (read end <&3; kill $$) >/dev/null & exec \"$@\"";
  private static final int ATTEMPTS = 3;

  private RealRedis() {}

  static ServerProcess start(OptionalInt processor) throws IOException {
    Path program =
        Tools.find("redis-server")
            .orElseThrow(() ->
                new IOException(
                    "redis-server is not on the path; install it, on Debian with"
                        + " apt-get install redis-server"));
    for (int attempt = 1; ; attempt++) {
      try {
        return start(program, freePort(), processor);
      } catch (IOException ended) { // the port may have been taken meanwhile
        if (attempt == ATTEMPTS) {
          throw ended;
        }
      }
    }
  }

  private static ServerProcess start(Path program, int port, OptionalInt processor)
      throws IOException {
    ChildProcess process = ChildProcess.start(command(program, port), processor);
    try {
      process.skipTo("Ready to accept connections");
    } catch (IOException ended) {
      process.close();
      throw ended;
    }
    return new ServerProcess(process, process.pid(), port);
  }

  private static List<String> command(Path program, int port) {
    return List.of(
        "sh",
        "-c",
        END_WITH_INPUT,
        "sh",
        program.toString(),
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--save",
        "",
        "--appendonly",
        "no",
        "--daemonize",
        "no");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
