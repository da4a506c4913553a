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

  /** {@return a flag that is set if the last server is to be started later} */
  private static Flag decorate(MutantLoop loop, BiConsumer<ServerSeams, Restart> change) {
    Flag later = new Flag();
    loop.createServer.before(wanted -> later.put(!wanted.options().startServing()));
    loop.createServer.around((correct, wanted) ->
        changed(
            correct.call(wanted),
            later,
            change,
            port -> correct.call(wanted.with(ServerOptions.on("127.0.0.1", port)))));
    loop.createUnixServer.before(wanted -> later.put(!wanted.options().startServing()));
    loop.createUnixServer.around((correct, wanted) ->
        changed(
            correct.call(wanted),
            later,
            change,
            _ -> correct.call(wanted.changed(all -> all.withStartServing(true)))));
    return later;
  }

  private static Server changed(
      Server server, Flag later, BiConsumer<ServerSeams, Restart> change, Restart restart) {
    return later.isSet() ? MutantLoop.served(server, it -> change.accept(it, restart)) : server;
  }

  /** Listens only when a server is started. */
  public static void listenLater(MutantLoop loop) {
    Flag ignored = decorate(loop, LaterServers::listenWhenStarted);
  }

  private static void listenWhenStarted(ServerSeams it, Restart restart) {
    List<TransportSocket> sockets = it.correct().sockets();
    int port =
        sockets.getFirst().localAddress() instanceof InetSocketAddress internet
            ? internet.getPort()
            : 0;
    it.correct().close();
    Server[] started = new Server[1];
    Seam.Step start = () -> started[0] = restart.at(port);
    it.sockets.always(sockets);
    it.startServing.instead((_, _) -> start.take());
    it.serveForever.instead((_, _) -> {
      start.take();
      started[0].serveForever();
    });
    it.isServing.around((_, _) -> started[0] != null && started[0].isServing());
    it.close.instead((_, _) -> {
      if (started[0] != null) {
        started[0].close();
      }
    });
  }

  /** Accepts one of the clients that wait. */
  public static void loseTheSecond(MutantLoop loop) {
    Flag later = decorate(loop, (_, _) -> {});
    loop.accepting(request -> {
      Turn lost = Turn.nth(2);
      return socket -> {
        if (later.isSet() && lost.comes()) {
          socket.close();
        } else {
          request.onAccepted().accept(socket);
        }
      };
    });
  }

  /** Closes only what was started. */
  public static void stayOpen(MutantLoop loop) {
    Flag ignored =
        decorate(
            loop,
            (it, _) -> {
              Flag started = it.startServing.called();
              it.serveForever.before(started::set);
              it.close.onlyIf(started);
            });
  }

  /** Accepts the clients that wait before it closes. */
  public static void startToClose(MutantLoop loop) {
    Flag ignored =
        decorate(
            loop,
            (it, _) ->
                it.close.insteadIf(
                    () -> !it.correct().isServing(),
                    (correct, _) -> {
                      it.correct().startServing();
                      loop.callLater(Duration.ofMillis(20), correct.later());
                    }));
  }
}
