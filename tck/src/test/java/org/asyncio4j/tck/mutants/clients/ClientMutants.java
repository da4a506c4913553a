package org.asyncio4j.tck.mutants.clients;

import module java.base;

import com.google.common.net.InetAddresses;
import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.tck.mutants.harness.*;
import org.asyncio4j.tck.mutants.harness.HomemadeConnect.Point;
import org.asyncio4j.tck.probe.KitNames;

/** Chapter 8: clients. */
public final class ClientMutants extends Defects {

  public ClientMutants() {
    defect("8.1", "returns another transport")
        .loop(loop -> loop.createConnection.returns(made -> another(loop, made)));
    defect(
            "8.2 also .7, .10, .11, .12, .14, .18",
            "makes the protocol before there is a connection")
        .loop(loop ->
            loop.createConnection.given(wanted -> {
              StreamProtocol protocol = wanted.factory().get();
              return wanted.by(() -> protocol);
            }));
    defect("8.3", "names no address when a connect is refused")
        .loop(loop ->
            loop.createConnection.insteadOf(
                ConnectException.class,
                failure -> {
                  ConnectException vague = new ConnectException("Connection refused");
                  Stream.of(failure.getSuppressed()).forEach(vague::addSuppressed);
                  return vague;
                }));
    defect("8.4 also .5", "tries the first address only")
        .loop(loop ->
            loop.createConnection.optionsIf(
                options -> options.host().equals(KitNames.SEVERAL),
                options -> ConnectOptions.to("::1", options.port())));
    defect("8.5", "reports the first failure only")
        .loop(loop ->
            loop.createConnection.insteadOf(
                ConnectException.class, failure -> new ConnectException(failure.getMessage())));
    defect("8.6 also .7, .8", "ignores the local address")
        .loop(loop -> loop.createConnection.options(ClientMutants::withoutLocalAddress));
    defect("8.7", "names no local address when a bind is refused")
        .loop(loop ->
            loop.createConnection.insteadOf(
                BindException.class, _ -> new BindException("Address in use")));
    defect("8.8", "ignores local addresses of another family")
        .loop(loop ->
            loop.createConnection.optionsIf(
                options -> options.localAddress().filter(ClientMutants::isIpv6).isPresent(),
                ClientMutants::withoutLocalAddress));
    defect("8.9 also .12", "looks literals up")
        .loop(loop ->
            loop.createConnection.before(
                _ -> loop.currentTask().isPresent(),
                _ -> loop.runInExecutor(() -> InetAddress.ofLiteral("127.0.0.1")).await()));
    defect("8.10", "throws a plain IOException for an unknown host")
        .loop(loop ->
            loop.createConnection.insteadOf(
                UnknownHostException.class, failure -> new IOException("Connect failed", failure)));
    defect("8.11", "refuses callbacks in its own way")
        .loop(loop -> loop.refuseCallbacks(loop.createConnection));
    defect("8.12 also .13, .25", "goes on connecting when it is cancelled")
        .loop(loop -> loop.connectSocket.returns(connecting -> detached(loop, connecting)));
    defect("8.12 also .13, .25", "goes on connecting when a later one is cancelled")
        .loop(loop -> {
          Turn late = Turn.from(3);
          loop.connectSocket.returns(it -> late.comes() ? detached(loop, it) : it);
        });
    defect("8.13 also .9", "loses a socket that is connected")
        .loop(loop -> HomemadeConnect.carelessly(loop, Point.CONNECTED));
    defect("8.14 also .9, .13", "loses a transport")
        .loop(loop -> HomemadeConnect.carelessly(loop, Point.WAITER));
    defect("8.15", "is lost twice")
        .connections(it ->
            it.connectionMade.after(
                _ -> it.correct().isClosing(),
                _ -> it.loop().callSoon(() -> it.user().connectionLost(null), it.context())));
    defect("8.16", "swallows what connectionMade throws")
        .connections(it -> it.connectionMade.swallowing(RuntimeException.class));
    defect("8.17", "forgets the peer")
        .connections(
            it -> it.forget(it.connectionLost.called().and(key -> key == ExtraInfo.PEERNAME)));
    defect("8.18 also .9", "loses a socket without a protocol")
        .loop(loop -> HomemadeConnect.carelessly(loop, Point.FACTORY));
    defect("8.19", "cuts what arrives").connections(ClientMutants::cutWhatArrives);
    defect("8.20", "gives each address as long as it takes")
        .loop(loop ->
            loop.createConnection.options(options ->
                options.withoutHappyEyeballs().withFirstFamilyCount(options.firstFamilyCount())));
    defect("8.21", "keeps the order of the resolver")
        .loop(loop -> loop.createConnection.options(options -> options.withFirstFamilyCount(0)));
    defect("8.22", "gives resolvers as long as they take")
        .loop(loop -> loop.createConnection.options(ClientMutants::waitingForTheResolver));
    defect("8.23 also .24", "keeps its resolver").loop(loop -> loop.setNameResolution.swallow());
    defect("8.24", "asks the resolver for literals")
        .loop(loop ->
            loop.resolve.aroundIf(
                InetAddresses::isInetAddress,
                (_, host) -> loop.nameResolution().resolver().resolve(host)));
    defect("8.25", "keeps the descriptor of a connect that is cancelled")
        .loop(loop -> keepDescriptors(loop, Turn.always()));
    defect("8.25", "keeps the descriptor of each connect that is cancelled from the fourth on")
        .loop(loop -> keepDescriptors(loop, Turn.from(4)));
  }

  /** {@return a connection whose transport is not the one that the protocol knows} */
  public static Connection<StreamProtocol> another(
      MutantLoop loop, Connection<StreamProtocol> made) {
    return new Connection<>(loop.shown(made.transport(), _ -> {}), made.protocol());
  }

  /** Drops all but the beginning of what a protocol receives. */
  public static void cutWhatArrives(ConnectionSeams it) {
    it.dataReceived.given(data -> data.limit(Math.min(data.limit(), 1_000)));
  }

  private static boolean isIpv6(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }

  private static ConnectOptions withoutLocalAddress(ConnectOptions options) {
    ConnectOptions changed =
        ConnectOptions.to(options.host(), options.port())
            .withoutHappyEyeballs()
            .withFirstFamilyCount(options.firstFamilyCount());
    changed = options.happyEyeballsDelay().map(changed::withHappyEyeballsDelay).orElse(changed);
    changed = options.nameResolution().map(changed::withNameResolution).orElse(changed);
    return options.tls().map(changed::withTls).orElse(changed);
  }

  /**
   * {@return a future with the outcome of another one, which continues if this one is cancelled}
   */
  public static <T> Future<T> detached(MutantLoop loop, Future<T> correct) {
    Promise<T> detached = loop.createFuture();
    correct.addDoneCallback(done -> MutantLoop.copy(done, detached));
    return detached;
  }

  private static ConnectOptions waitingForTheResolver(ConnectOptions options) {
    return options
        .nameResolution()
        .map(how -> options.withNameResolution(how.withTimeLimit(Duration.ofHours(1))))
        .orElse(options);
  }

  /** Opens other ones in their places. */
  private static void keepDescriptors(MutantLoop loop, Turn due) {
    List<SocketChannel> kept = new ArrayList<>();
    loop.connectSocket.withResult(connecting ->
        connecting.addDoneCallback(done -> {
          if (done.isCancelled() && due.comes()) {
            try {
              kept.add(SocketChannel.open());
            } catch (IOException refused) {
              throw new UncheckedIOException(refused);
            }
          }
        }));
    loop.closeResources.before(_ -> {
      for (SocketChannel channel : kept) {
        channel.close();
      }
    });
  }
}
