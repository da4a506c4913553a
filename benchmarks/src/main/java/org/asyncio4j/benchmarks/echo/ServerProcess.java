package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.util.OptionalInt;

/** A server that runs. */
final class ServerProcess implements AutoCloseable {

  private final Contestant contestant;
  private final ChildJvm jvm;
  private final int port;

  private ServerProcess(Contestant contestant, ChildJvm jvm, int port) {
    this.contestant = contestant;
    this.jvm = jvm;
    this.port = port;
  }

  static ServerProcess start(Contestant contestant, OptionalInt processor) throws IOException {
    ChildJvm jvm =
        ChildJvm.start(EchoServer.class, contestant.jvmFlags(), contestant.arguments(), processor);
    return new ServerProcess(contestant, jvm, Integer.parseInt(jvm.expect("port")));
  }

  Contestant contestant() {
    return contestant;
  }

  int port() {
    return port;
  }

  long pid() {
    return jvm.pid();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
