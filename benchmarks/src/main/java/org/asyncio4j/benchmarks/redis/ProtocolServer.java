package org.asyncio4j.benchmarks.redis;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import org.asyncio4j.Asyncio;
import org.asyncio4j.benchmarks.comparison.ServerProcess;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/** A connection of a server that is written with callbacks. */
final class ProtocolServer implements Protocol {

  private final Session session;
  private @Nullable Transport transport;

  private ProtocolServer(Commands commands) {
    this.session = new Session(commands);
  }

  static void serve(String provider) throws IOException {
    Commands commands = new Commands(new HashMap<>());
    try (EventLoop loop = Asyncio.newEventLoop(provider)) {
      Server server =
          loop.runUntilComplete(
              loop.createTask(
                  () -> loop.createServer(() -> new ProtocolServer(commands), "127.0.0.1", 0)));
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
    Transport client = requireNonNull(transport);
    client.write(session.receive(data));
    if (session.isOver()) {
      client.close();
    }
  }
}
