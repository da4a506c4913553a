package org.asyncio4j.tck.mutants.servers;

import module java.base;

import org.asyncio4j.core.Context;
import org.asyncio4j.net.*;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.spi.hooks.*;
import org.asyncio4j.tck.mutants.clients.ClientMutants;
import org.asyncio4j.tck.mutants.harness.*;

/** Chapter 9: addresses of servers, and how they listen and accept. */
public final class ServerListenMutants extends Defects {

  // The address of no machine.
  private static final String NOWHERE = "192.0.2.1";

  public ServerListenMutants() {
    defect("9.1 also .4, .14, .28, .29", "never counts as serving")
        .servers(it -> it.isServing.always(false));
    defect("9.2", "serves one family only")
        .loop(loop ->
            loop.createServer.optionsIf(
                options -> options.hosts().isEmpty(),
                options -> options.withHosts(List.of("0.0.0.0"))));
    defect("9.3", "binds an address as often as it is named")
        .loop(loop ->
            loop.createServer.aroundIf(
                wanted -> isNamedTwice(wanted.options().hosts()),
                (correct, wanted) -> {
                  var sharing = wanted.changed(it -> it.withReusePort(true));
                  Server first = correct.call(sharing);
                  TransportSocket second = correct.call(sharing).sockets().getFirst();
                  return loop.served(
                      first, it -> it.sockets.returns(own -> List.of(own.getFirst(), second)));
                }));
    defect("9.4 also .40, .41", "starts at once")
        .loop(loop -> loop.createServer.options(options -> options.withStartServing(true)));
    defect("9.5 also .6", "does not name an address that is taken")
        .loop(loop ->
            loop.createServer.insteadOf(
                BindException.class,
                failure ->
                    failure.getMessage().contains(NOWHERE)
                        ? failure
                        : new BindException("Address in use")));
    defect("9.6", "leaves a socket bound when the next one cannot be")
        .loop(loop ->
            loop.createServer.onFailure(
                BindException.class,
                (_, wanted) -> {
                  // The failed call has closed its own sockets.
                  ServerOptions options = wanted.options();
                  if (options.hosts().size() > 1) {
                    InetSocketAddress first =
                        new InetSocketAddress(options.hosts().getFirst(), options.port());
                    SocketHandle ignored = loop.bindSocket(Requests.bindTo(first, 1));
                  }
                }));
    defect("9.7", "hands out sockets that can be closed")
        .servers(
            it -> it.sockets.returns(all -> all.stream().map(ServerListenMutants::open).toList()));
    defect("9.8", "reuses addresses always")
        .loop(loop -> loop.bindSocket.with("reuseAddress", _ -> true));
    defect("9.9", "does not share ports")
        .loop(loop -> loop.createServer.options(options -> options.withReusePort(false)));
    defect("9.10", "refuses callbacks in its own way")
        .loop(loop -> loop.refuseCallbacks(loop.createServer));
    defect("9.11", "serves somewhere else")
        .loop(loop ->
            loop.createServer.aroundIf(
                wanted -> wanted.options().hosts().contains(NOWHERE),
                (correct, wanted) -> {
                  try {
                    return correct.call(wanted);
                  } catch (BindException failure) {
                    return correct.call(wanted.changed(it -> it.withHosts(List.of("127.0.0.1"))));
                  }
                }));
    defect("9.12 also .13, .38, .40, .42, .43, .44, .45", "makes one protocol for all connections")
        .loop(loop ->
            loop.createServer.given(wanted -> {
              List<StreamProtocol> made = new ArrayList<>();
              return wanted.by(() -> {
                if (made.isEmpty()) {
                  made.add(wanted.factory().get());
                }
                return made.getFirst();
              });
            }));
    defect("9.13", "accepts no more than the backlog")
        .loop(loop ->
            loop.refusing(request -> {
              Turn refused = Turn.from(request.backlog() + 2);
              return _ -> refused.comes();
            }));
    defect("9.14 also .35, .38, .39, .44", "reports resets")
        .connections(it -> reportResets(it, Turn.always()));
    defect("9.15 also .38, .43", "keeps connections without a protocol")
        .loop(loop ->
            loop.createServer.factory.around((correct, _) -> {
              try {
                return correct.call();
              } catch (RuntimeException thrown) {
                loop.report("no protocol", thrown);
                return (Protocol) data -> {};
              }
            }));
    defect("9.16", "does not keep connections alive")
        .loop(loop -> loop.bindSocket.with("keepAlive", _ -> false));
    defect("9.17 also .18", "calls protocols in an empty context")
        .loop(loop -> loop.makeSocketTransport.with("context", _ -> Context.empty()));
    defect("9.18", "shares the context of the first connection")
        .loop(loop -> {
          List<SocketTransportRequest> made = loop.makeSocketTransport.arguments();
          loop.makeSocketTransport.with("context", _ -> made.getFirst().context());
        });
    defect("9.19 also .39", "cuts what arrives").connections(ClientMutants::cutWhatArrives);
    // The first socket has taken the port of the second.
    defect("9.34", "binds the wildcards of both families")
        .loop(loop ->
            loop.createServer.aroundIf(
                wanted -> wanted.options().hosts().containsAll(List.of("0.0.0.0", "::")),
                (correct, wanted) -> {
                  Server first = correct.call(wanted.changed(it -> it.withHosts(List.of("::"))));
                  try {
                    return correct.call(wanted.changed(it -> it.withHosts(List.of("0.0.0.0"))));
                  } catch (BindException taken) {
                    first.close();
                    throw taken;
                  }
                }));
    defect("9.35 also .38, .39", "reports storms of resets", Turn.from(11))
        .connections(it -> reportResets(it, it.loop().turn()));
    defect("9.36", "wants all addresses")
        .loop(loop ->
            loop.createServer.aroundIf(
                wanted -> wanted.options().hosts().size() > 1,
                (correct, wanted) -> {
                  for (String host : wanted.options().hosts()) {
                    ServerOptions one = ServerOptions.on(host, 0).withReuseAddress(true);
                    correct.call(wanted.with(one)).close();
                  }
                  return correct.call(wanted);
                }));
    defect("9.40 also .4, .31, .41", "refuses clients that come early")
        .loop(LaterServers::listenLater);
    defect("9.40 also .4", "loses the second client that waits").loop(LaterServers::loseTheSecond);
    defect("9.41 also .31", "stays open unless it was started").loop(LaterServers::stayOpen);
    defect("9.41 also .31", "accepts clients that wait when it is closed")
        .loop(LaterServers::startToClose);
  }

  private static boolean isNamedTwice(List<String> hosts) {
    return Set.copyOf(hosts).size() < hosts.size();
  }

  /** Reports some connections that are lost with a reason. */
  public static void reportResets(ConnectionSeams it, Turn reported) {
    it.connectionLost.before(
        reason -> reason != null && reported.comes(), reason -> it.loop().report("reset", reason));
  }

  private static TransportSocket open(TransportSocket socket) {
    return Decorated.changed(Closeable.class, socket, "close", Seam::swallow);
  }

  private interface Closeable extends TransportSocket, AutoCloseable {}
}
