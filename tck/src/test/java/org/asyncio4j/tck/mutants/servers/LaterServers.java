package org.asyncio4j.tck.mutants.servers;

import module java.base;

import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.tck.mutants.harness.*;

/** Defects of servers that are started later, at a port or a path. */
public final class LaterServers {

  private LaterServers() {}

  /** Serves at the same place again. */
  @FunctionalInterface
  private interface Restart {
    Server at(int port) throws Throwable;
  }

  private static void decorate(MutantLoop loop, BiConsumer<ServerSeams, Restart> change) {
    loop.createServer.aroundIf(
        wanted -> !wanted.options().startServing(),
        (correct, wanted) -> {
          Restart restart = port -> correct.call(wanted.with(ServerOptions.on("127.0.0.1", port)));
          return loop.served(correct.call(wanted), it -> change.accept(it, restart));
        });
    loop.createUnixServer.aroundIf(
        wanted -> !wanted.options().startServing(),
        (correct, wanted) -> {
          Restart restart = _ -> correct.call(wanted.changed(all -> all.withStartServing(true)));
          return loop.served(correct.call(wanted), it -> change.accept(it, restart));
        });
  }

  /** Listens only when a server is started. */
  public static void listenLater(MutantLoop loop) {
    decorate(loop, LaterServers::listenWhenStarted);
  }

  private static void listenWhenStarted(ServerSeams it, Restart restart) {
    List<TransportSocket> sockets = it.correct().sockets();
    int port =
        sockets.getFirst().localAddress() instanceof InetSocketAddress internet
            ? internet.getPort()
            : 0;
    it.correct().close();
    Server[] started = new Server[1];
    it.sockets.always(sockets);
    it.startServing.instead(_ -> started[0] = restart.at(port));
    it.serveForever.instead(_ -> {
      started[0] = restart.at(port);
      started[0].serveForever();
    });
    it.isServing.around((_, _) -> started[0] != null && started[0].isServing());
    it.close.before(_ -> started[0] != null, _ -> started[0].close()).swallow();
  }

  /** Accepts one of the clients that wait. */
  public static void loseTheSecond(MutantLoop loop) {
    Flag later = new Flag();
    loop.createServer.before(wanted -> later.put(!wanted.options().startServing()));
    loop.createUnixServer.before(wanted -> later.put(!wanted.options().startServing()));
    loop.refusing(_ -> later.and(Turn.nth(2)));
  }

  /** Closes only what was started. */
  public static void stayOpen(MutantLoop loop) {
    decorate(
        loop,
        (it, _) -> {
          Flag started = it.startServing.called();
          it.serveForever.before(_ -> started.set());
          it.close.onlyIf(started);
        });
  }

  /** Accepts the clients that wait before it closes. */
  public static void startToClose(MutantLoop loop) {
    decorate(
        loop,
        (it, _) ->
            it.close.insteadIf(
                _ -> !it.correct().isServing(),
                (correct, _) -> {
                  it.correct().startServing();
                  loop.callLater(Duration.ofMillis(20), correct.later());
                }));
  }
}
