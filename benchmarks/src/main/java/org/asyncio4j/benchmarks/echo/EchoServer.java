package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import org.asyncio4j.benchmarks.comparison.ChildProcess;

/** The process of an echo server. */
final class EchoServer {

  private EchoServer() {}

  /** The program; the arguments are the kind of server and its transport. */
  public static void main(String[] arguments) throws IOException {
    ChildProcess.exitWithParent();
    switch (arguments[0]) {
      case "asyncio" -> AsyncioEcho.serve(arguments[1]);
      case "netty" -> NettyEcho.serve(arguments[1]);
      default -> SelectorEcho.serve();
    }
  }
}
