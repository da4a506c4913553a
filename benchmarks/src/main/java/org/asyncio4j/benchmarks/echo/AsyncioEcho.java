package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.Asyncio;
import org.asyncio4j.benchmarks.comparison.ServerProcess;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/** An echo server on asyncio4j, with an ordinary protocol. */
final class AsyncioEcho implements Protocol {

  private @Nullable Transport transport;

  private AsyncioEcho() {}

  static void serve(String provider) throws IOException {
    try (EventLoop loop = Asyncio.newEventLoop(provider)) {
      Server server =
          loop.runUntilComplete(
              loop.createTask(() -> loop.createServer(AsyncioEcho::new, "127.0.0.1", 0)));
      ServerProcess.announce(server.port());
      loop.runForever();
    }
  }

  @Override
  public void connectionMade(Transport made) {
    transport = made;
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    if (transport != null) {
      transport.write(data);
    }
  }
}
