package org.asyncio4j.tck.rules.unix;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.LimitedServer;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.UnixNetwork;

/** Chapter 19, part six: servers on Unix sockets with a limit of connections. */
@Requires({Capability.UNIX_STREAM, Capability.CONNECTION_LIMIT})
final class UnixLimitRules {

  private static final int ROUNDS = 2;

  private final LoopFixture fixture;

  UnixLimitRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Connects more clients than are allowed to a server on a path, and repeats this. */
  @Rule("19.46")
  @Hint("See 9.37; `pauseServing` and `resumeServing` must work for these listeners, too.")
  void aUnixServerAcceptsNoMoreThanItsLimit() throws IOException {
    LimitedServer limited = new LimitedServer(fixture);
    UnixNetwork unix = new UnixNetwork(fixture);
    UnixServerOptions options =
        UnixServerOptions.on(unix.path()).withMaxConnections(LimitedServer.LIMIT);
    for (int round = 0; round < ROUNDS; round++) {
      limited.expectLimit(
          () -> fixture.loop().createUnixServer(limited.guests()::add, options),
          server ->
              () -> {
                SocketChannel _ = unix.connect();
              });
    }
  }
}
