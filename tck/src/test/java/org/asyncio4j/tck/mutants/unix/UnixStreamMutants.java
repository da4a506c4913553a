package org.asyncio4j.tck.mutants.unix;

import module java.base;

import org.asyncio4j.core.Promise;
import org.asyncio4j.net.*;
import org.asyncio4j.net.options.*;
import org.asyncio4j.net.socket.*;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.tck.mutants.clients.ClientMutants;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.hooks.HookMutants;
import org.asyncio4j.tck.mutants.servers.LaterServers;

/** Chapter 19: Unix servers and clients. */
public final class UnixStreamMutants extends Defects {

  public UnixStreamMutants() {
    defect("19.1", "does not show the path")
        .loop(loop -> loop.servers(loop.createUnixServer, (it, _) -> it.sockets.always(List.of())));
    defect("19.2", "returns another transport")
        .loop(loop -> loop.createUnixConnection.returns(made -> ClientMutants.another(loop, made)));
    defect("19.3", "does not name the path")
        .loop(loop ->
            loop.createUnixConnection.insteadOf(
                IOException.class, _ -> new ConnectException("Connection refused")));
    defect("19.4", "refuses socket files")
        .loop(loop ->
            loop.createUnixServer.refuse(
                wanted -> loop.currentTask().isPresent() && Files.exists(pathOf(wanted.options())),
                wanted ->
                    new BindException("Address already in use: " + pathOf(wanted.options()))));
    defect("19.5", "deletes whatever is in the way")
        .loop(
            loop -> loop.createUnixServer.before(wanted -> Paths.delete(pathOf(wanted.options()))));
    defect("19.6 also .44", "leaves its file").loop(loop -> cleanUp(loop, false));
    defect("19.7", "deletes the file of another")
        .loop(loop ->
            loop.servers(
                loop.createUnixServer,
                (it, wanted) ->
                    it.close.after(
                        _ -> wanted.options().cleanupSocket(),
                        _ -> Paths.delete(pathOf(wanted.options())))));
    defect("19.8", "deletes its file always").loop(loop -> cleanUp(loop, true));
    defect("19.9", "refuses callbacks in its own way")
        .loop(loop -> loop.refuseCallbacks(loop.createUnixServer));
    defect("19.10", "keeps connecting for a task that is cancelled")
        .loop(loop ->
            loop.connectSocket.returns(connecting -> ClientMutants.detached(loop, connecting)));
    defect("19.11 also .10", "takes a full backlog for a refusal")
        .loop(loop ->
            loop.connectSocket.returns(connecting -> {
              if (connecting.isDone()) {
                return connecting;
              }
              connecting.cancel();
              Promise<SocketHandle> refused = loop.createFuture();
              refused.setException(new ConnectException("Connection refused"));
              return refused;
            }));
    defect("19.12", "makes up the credentials of the peer")
        .connections(it ->
            it.extraInfo.aroundIf(
                key -> key == ExtraInfo.PEER_CREDENTIALS, (_, _) -> Optional.of(somebody())));
    defect("19.13", "ends both directions")
        .connections(it -> it.writeEof.instead(_ -> it.correct().close()));
    defect("19.14", "makes files of abstract names")
        .able(EnumSet.complementOf(EnumSet.of(Capability.UNIX_DATAGRAM)))
        .loop(loop -> {
          loop.createUnixServer.options(options ->
              options.address() instanceof AbstractUnixAddress named
                  ? UnixServerOptions.on(Paths.fileOf(named))
                  : options);
          loop.createUnixConnection.options(options ->
              options.address() instanceof AbstractUnixAddress named
                  ? UnixConnectOptions.to(Paths.fileOf(named))
                  : options);
        });
    defect("19.15", "serves twice").loop(loop -> HookMutants.twice(loop.createUnixServer));
    defect("19.40 also .45", "leaves the file of a socket", Turn.never())
        .or("leaves the file of the second socket", Turn.nth(1))
        .loop(loop -> cleanUp(loop, asked -> loop.turn().comes() && asked));
    defect("19.41", "deletes the file of a socket always")
        .or("deletes the file of the second socket", Turn.from(2))
        .loop(loop -> cleanUp(loop, asked -> loop.turn().comes() || asked));
    defect("19.42", "deletes whatever is there").loop(loop -> deleteByPath(loop, _ -> true));
    defect("19.42", "deletes any socket there")
        .loop(loop -> deleteByPath(loop, it -> !Files.isRegularFile(it) && !Files.isDirectory(it)));
    defect("19.43 also .44", "refuses Unix clients that come early")
        .loop(LaterServers::listenLater);
    defect("19.43", "loses the second Unix client that waits").loop(LaterServers::loseTheSecond);
    defect("19.44", "keeps Unix sockets that were not served").loop(LaterServers::stayOpen);
    defect("19.44", "accepts Unix clients at the end").loop(LaterServers::startToClose);
    defect("19.45", "leaves the file of an idle socket")
        .loop(loop -> closeIdle(loop, (server, _) -> server.close()));
    defect("19.45", "leaves the file of the second idle socket")
        .loop(loop -> {
          AtomicInteger servers = new AtomicInteger();
          loop.createSocketServer.before(_ -> servers.incrementAndGet());
          closeIdle(
              loop,
              (server, path) -> {
                server.close();
                if (servers.get() == 1) {
                  Paths.delete(path);
                }
              });
        });
    defect("19.45", "keeps clients that wait for an idle socket")
        .loop(loop -> closeIdle(loop, (_, path) -> Paths.delete(path)));
    defect("19.46", "forgets the limit of a path")
        .or("forgets the limit of the second server", Turn.from(2))
        .loop(loop ->
            loop.createUnixServer.optionsIf(
                loop.turn(), options -> options.withMaxConnections(Integer.MAX_VALUE)));
    defect("19.46", "does not pause on a path")
        .loop(loop -> loop.pauseServing.unless(UnixStreamMutants::isUnix));
    defect("19.46", "does not resume on a path")
        .loop(loop -> loop.resumeServing.unless(UnixStreamMutants::isUnix));
  }

  private static Path pathOf(UnixServerOptions options) {
    return Paths.of(options.address()).orElseThrow();
  }

  private static void cleanUp(MutantLoop loop, boolean cleanup) {
    loop.createUnixServer.options(options -> options.withCleanupSocket(cleanup));
  }

  private static PeerCredentials somebody() {
    UserPrincipal user = () -> "somebody";
    GroupPrincipal group = () -> "some";
    return new PeerCredentials(user, group, OptionalLong.empty());
  }

  private static void cleanUp(MutantLoop loop, Predicate<Boolean> cleanup) {
    loop.createSocketServer.options(it -> it.withCleanupSocket(cleanup.test(it.cleanupSocket())));
  }

  private static void deleteByPath(MutantLoop loop, Predicate<Path> isDeleted) {
    loop.servers(
        loop.createSocketServer,
        (it, wanted) -> {
          if (isUnix(it.correct()) && wanted.options().cleanupSocket()) {
            Path path = pathOf(it.correct());
            it.close.after(_ -> isDeleted.test(path), _ -> Paths.delete(path));
          }
        });
  }

  private static void closeIdle(MutantLoop loop, BiConsumer<Server, Path> closing) {
    loop.createSocketServer.optionsIf(it -> !it.startServing(), it -> it.withCleanupSocket(false));
    loop.servers(
        loop.createSocketServer,
        (it, wanted) -> {
          if (isUnix(it.correct()) && !wanted.options().startServing()) {
            Path path = pathOf(it.correct());
            it.close.instead(_ -> closing.accept(it.correct(), path));
          }
        });
  }

  private static boolean isUnix(Server server) {
    return server.sockets().getFirst().localAddress() instanceof UnixDomainSocketAddress;
  }

  private static Path pathOf(Server server) {
    return Paths.of(server.sockets().getFirst().localAddress()).orElseThrow();
  }

  private static boolean isUnix(SocketHandle listener) {
    return listener.localAddress() instanceof UnixDomainSocketAddress;
  }
}
