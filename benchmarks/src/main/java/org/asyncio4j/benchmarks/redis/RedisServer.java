package org.asyncio4j.benchmarks.redis;

import java.io.IOException;
import org.asyncio4j.benchmarks.comparison.ChildProcess;

/** The process of a server in Java. */
final class RedisServer {

  private RedisServer() {}

  /** The program; the arguments are the kind of server and, if it has one, its loop. */
  public static void main(String[] arguments) throws IOException {
    ChildProcess.exitWithParent();
    switch (arguments[0]) {
      case "protocol" -> ProtocolServer.serve(arguments[1]);
      case "streams" -> StreamServer.serveChunks(arguments[1]);
      case "streams-lines" -> StreamServer.serveLines(arguments[1]);
      case "streams-lines-unjoined" -> StreamServer.serveLinesUnjoined(arguments[1]);
      case "threads" -> VirtualThreadServer.serveChunks();
      case "threads-lines" -> VirtualThreadServer.serveLines();
      default -> throw new IllegalArgumentException("unknown kind of server: " + arguments[0]);
    }
  }
}
