package org.asyncio4j.benchmarks.echo;

import java.io.IOException;

/**
 * A server process: serves on a port of the system's choice, says which, and ends with its parent.
 */
final class EchoServer {

  private EchoServer() {}

  /** The program; which server and which transport. */
  public static void main(String[] arguments) throws IOException {
    ChildJvm.exitWithParent();
    switch (arguments[0]) {
      case "asyncio" -> AsyncioEcho.serve(arguments[1]);
      case "netty" -> NettyEcho.serve(arguments[1]);
      default -> SelectorEcho.serve();
    }
  }

  static void announce(int port) {
    System.out.println("port " + port);
  }
}
