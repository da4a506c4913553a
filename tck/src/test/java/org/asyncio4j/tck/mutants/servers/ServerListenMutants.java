package org.asyncio4j.tck.mutants.servers;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.NetworkSeams.Opening;
import org.asyncio4j.tck.mutants.harness.Seam.Body;

/** Chapter 9: addresses of servers, and how they listen and accept. */
public final class ServerListenMutants extends Defects {

  // The address of no machine.
  private static final String NOWHERE = "192.0.2.1";

  public ServerListenMutants() {
    defect("9.1 also .4, .14, .28, .29", "never counts as serving")
        .servers(it -> it.isServing.always(false));
    defect("9.2", "serves one family only")
        .loop(loop ->
            loop.createServer.options(options ->
                options.hosts().isEmpty() ? options.withHosts(List.of("0.0.0.0")) : options));
    defect("9.3", "binds an address as often as it is named")
        .loop(loop ->
            loop.createServer.around((correct, wanted) ->
                isNamedTwice(wanted) ? bindTwice(correct, wanted) : correct.call(wanted)));
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
                BindException.class, (_, wanted) -> bindAndLeave(loop, wanted.options())));
    defect("9.7", "hands out sockets that can be closed")
        .servers(it ->
            it.sockets.returns(
                all -> all.stream().map(socket -> new Open().instead(socket)).toList()));
    defect("9.8", "reuses addresses always")
        .loop(loop -> loop.bindSocket.given(it -> Requests.with(it, "reuseAddress", true)));
    defect("9.9", "does not share ports")
        .loop(loop -> loop.createServer.options(options -> options.withReusePort(false)));
    defect("9.10", "refuses callbacks in its own way")
        .loop(loop -> loop.refuseCallbacks(loop.createServer));
    defect("9.11", "serves somewhere else")
        .loop(loop ->
            loop.createServer.around((correct, wanted) -> {
              try {
                return correct.call(wanted);
              } catch (BindException failure) {
                if (wanted.options().hosts().contains(NOWHERE)) {
                  return correct.call(wanted.changed(it -> it.withHosts(List.of("127.0.0.1"))));
                }
                throw failure;
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
            loop.accepting(request -> {
              AtomicInteger accepted = new AtomicInteger();
              return socket -> {
                if (accepted.incrementAndGet() > request.backlog() + 1) {
                  socket.close();
                } else {
                  request.onAccepted().accept(socket);
                }
              };
            }));
    defect("9.14 also .35, .38, .39, .44", "reports resets")
        .connections(it -> reportResets(it, () -> true));
    defect("9.15 also .38, .43", "keeps connections without a protocol")
        .loop(loop ->
            loop.createServer.given(wanted ->
                wanted.by(() -> {
                  try {
                    return wanted.factory().get();
                  } catch (RuntimeException thrown) {
                    loop.callExceptionHandler(ErrorReport.of("no protocol").withException(thrown));
                    return (Protocol) data -> {};
                  }
                })));
    defect("9.16", "does not keep connections alive")
        .loop(loop -> loop.bindSocket.given(it -> Requests.with(it, "keepAlive", false)));
    defect("9.17 also .18", "calls protocols in an empty context")
        .loop(loop ->
            loop.makeSocketTransport.given(it -> Requests.with(it, "context", Context.empty())));
    defect("9.18", "shares the context of the first connection")
        .loop(loop -> {
          AtomicReference<Context> shared = new AtomicReference<>();
          loop.makeSocketTransport.given(it -> {
            shared.compareAndSet(null, it.context());
            return Requests.with(it, "context", shared.get());
          });
        });
    defect("9.19 also .39", "cuts what arrives")
        .connections(
            it -> it.dataReceived.given(data -> data.limit(Math.min(data.limit(), 1_000))));

    // The first socket has taken the port of the second.
    defect("9.34", "binds the wildcards of both families")
        .loop(loop ->
            loop.createServer.around((correct, wanted) -> {
              if (!wanted.options().hosts().containsAll(List.of("0.0.0.0", "::"))) {
                return correct.call(wanted);
              }
              Server first = correct.call(wanted.changed(it -> it.withHosts(List.of("::"))));
              try {
                return correct.call(wanted.changed(it -> it.withHosts(List.of("0.0.0.0"))));
              } catch (BindException taken) {
                first.close();
                throw taken;
              }
            }));

    defect("9.35 also .38, .39", "reports storms of resets")
        .connections(it -> reportResets(it, it.loop().shared(Turn.from(11))));
    defect("9.36", "wants all addresses")
        .loop(loop ->
            loop.createServer.around((correct, wanted) -> {
              if (wanted.options().hosts().size() > 1) {
                for (String host : wanted.options().hosts()) {
                  correct
                      .call(wanted.with(ServerOptions.on(host, 0).withReuseAddress(true)))
                      .close();
                }
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

  private static boolean isNamedTwice(Opening<StreamProtocol, ServerOptions> wanted) {
    List<String> hosts = wanted.options().hosts();
    return new HashSet<>(hosts).size() < hosts.size();
  }

  private static Server bindTwice(
      Body<Opening<StreamProtocol, ServerOptions>, Server> correct,
      Opening<StreamProtocol, ServerOptions> wanted)
      throws Throwable {
    Server first = correct.call(wanted.changed(it -> it.withReusePort(true)));
    Server second = correct.call(wanted.changed(it -> it.withReusePort(true)));
    return MutantLoop.served(
        first,
        it -> it.sockets.returns(own -> List.of(own.getFirst(), second.sockets().getFirst())));
  }

  // The failed call has closed its own sockets.
  private static void bindAndLeave(MutantLoop loop, ServerOptions options) throws Throwable {
    if (options.hosts().size() > 1) {
      var ignored =
          loop.bindSocket(
              Requests.bindTo(
                  new InetSocketAddress(options.hosts().getFirst(), options.port()), 1));
    }
  }

  /** Reports some connections that are lost with a reason. */
  static void reportResets(ConnectionSeams it, BooleanSupplier isReported) {
    it.connectionLost.before(
        reason -> reason != null && isReported.getAsBoolean(),
        reason -> it.loop().callExceptionHandler(ErrorReport.of("reset").withException(reason)));
  }

  private interface Closeable extends TransportSocket, AutoCloseable {}

  private static final class Open extends Decorated {

    TransportSocket instead(TransportSocket correct) {
      seam("close").swallow();
      return decorate(Closeable.class, correct);
    }
  }
}
