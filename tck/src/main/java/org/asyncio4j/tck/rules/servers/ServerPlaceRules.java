package org.asyncio4j.tck.rules.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.options.SocketServerOptions;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Guests;
import org.asyncio4j.tck.probe.LimitedServer;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.jspecify.annotations.Nullable;

/** Chapter 9, part seven: when a connection takes and frees a place of its server. */
@Requires(Capability.TCP_SERVER)
final class ServerPlaceRules {

  private static final int ROUNDS = 2;
  private static final int CLIENTS = 6;
  private static final ServerOptions PLACE = ServerOptions.on(Network.HOST, 0);

  private final LoopFixture fixture;
  private final Network network;

  ServerPlaceRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Connects more clients than are allowed to a server on a given socket, and repeats this. */
  @Rule("9.42")
  @Hint(
      "See 9.37; `pauseServing` and `resumeServing` must work for sockets that `detachSocket` has"
          + " returned, too.")
  @Requires({Capability.CONNECTION_LIMIT, Capability.SOCKETS})
  void aServerOfASocketAcceptsNoMoreThanItsLimit() throws IOException {
    LimitedServer limited = new LimitedServer(fixture);
    for (int round = 0; round < ROUNDS; round++) {
      limited.expectLimit(
          () -> {
            AsyncServerSocket socket = fixture.loop().openServerSocket(StandardProtocolFamily.INET);
            socket.bind(Network.endpoint(0), CLIENTS);
            return fixture
                .loop()
                .createServer(
                    limited.guests()::add,
                    SocketServerOptions.on(socket).withMaxConnections(LimitedServer.LIMIT));
          },
          server -> {
            InetSocketAddress address =
                (InetSocketAddress) server.sockets().getFirst().localAddress();
            return () -> {
              Peer _ = network.connectTo(address);
            };
          });
    }
  }

  /** Makes factories park while more clients wait, and then return or throw one after the other. */
  @Rule("9.43")
  @Hint(
      "Count a connection as soon as it is accepted. End the batch when `pauseServing` is called by"
          + " `onAccepted`, and do not wait for other calls of it to return.")
  @Requires(Capability.CONNECTION_LIMIT)
  void aConnectionHasAPlaceWhileItsFactoryIsParked() throws IOException {
    requireParking();
    ParkedFactories factories = new ParkedFactories();
    Server server = network.serve(factories::make, PLACE.withMaxConnections(LimitedServer.LIMIT));
    for (int clients = 0; clients < CLIENTS; clients++) {
      Peer _ = network.connectTo(server);
    }

    factories.expectCalls(2);
    factories.fail();
    factories.expectCalls(3);
    ErrorReport _ = fixture.takeReport("a factory that throws");
    factories.succeed();
    factories.guests.untilServed(1, fixture.patience());
    factories.expectCalls(3);
    factories.fail();
    factories.expectCalls(4);
    ErrorReport _ = fixture.takeReport("a factory that throws");
    factories.succeed();
    factories.guests.untilServed(2, fixture.patience());
    factories.expectCalls(4);
    ProbeProtocol first = factories.guests.next();
    network.perform(() -> first.transport().close());
    factories.expectCalls(5);
    factories.succeed();
    factories.guests.untilServed(3, fixture.patience());
    Expect.equal("the most connections at a time", LimitedServer.LIMIT, factories.guests.most());
  }

  /** Makes protocols park in {@code connectionLost} while more clients wait. */
  @Rule("9.44")
  @Hint(
      "Detach a transport from its owner when the socket is closed, and close that after"
          + " `connectionLost` has returned.")
  @Requires(Capability.CONNECTION_LIMIT)
  void aConnectionHasAPlaceUntilItsProtocolHasReturned() throws IOException {
    requireParking();
    AtomicInteger calls = new AtomicInteger();
    Semaphore leaving = new Semaphore(0);
    CountDownLatch left = new CountDownLatch(CLIENTS);
    Server server =
        network.serve(
            () -> {
              int ignored = calls.incrementAndGet();
              return new ProbeProtocol() {
                @Override
                public void connectionLost(@Nullable Throwable exception) {
                  leaving.acquireUninterruptibly();
                  super.connectionLost(exception);
                  left.countDown();
                }
              };
            },
            PLACE.withMaxConnections(LimitedServer.LIMIT));
    List<Peer> residents = List.of(network.connectTo(server), network.connectTo(server));
    untilCalled(calls, 2);
    for (int clients = 2; clients < CLIENTS; clients++) {
      network.connectTo(server).close();
    }
    for (Peer resident : residents) {
      resident.reset();
    }

    try {
      for (int accepted = LimitedServer.LIMIT; accepted <= CLIENTS; accepted++) {
        expectCalls(calls, accepted);
        leaving.release();
      }
    } finally {
      leaving.release(CLIENTS);
    }
    fixture.patience().await("all connections must be lost", left);
  }

  /** Closes servers with connections whose factories are parked. */
  @Rule("9.45")
  @Hint("Check your own implementation of a server.")
  void aServerWaitsForConnectionsWhoseFactoriesAreParked() throws IOException {
    requireParking();
    for (Consumer<Server> ending :
        List.<Consumer<Server>>of(Server::closeClients, Server::abortClients)) {
      ParkedFactories factories = new ParkedFactories();
      Server server = network.serve(factories::make, PLACE);
      Peer peer = network.connectTo(server);
      factories.expectCalls(1);
      network.perform(server::close);
      Task<Boolean> waiting =
          network.call(() ->
              network
                  .loop()
                  .createTask(() -> {
                    server.waitClosed();
                    return true;
                  }));
      expectWaiting(waiting);
      network.perform(() -> ending.accept(server));
      expectWaiting(waiting);

      factories.succeed();

      peer.expectClosed("a connection that was closed while its factory was parked");
      fixture.patience().until("waitClosed must return", waiting::isDone);
      fixture.patience().await("the connection must be lost", factories.guests.next().lost());
    }
  }

  private void expectWaiting(Task<?> waiting) {
    // By then its step has run.
    boolean returned = network.call(waiting::isDone);
    Expect.that("waitClosed must wait for a factory", !returned);
    fixture.patience().during("waitClosed must wait for a factory", () -> !waiting.isDone());
  }

  private void requireParking() {
    if (fixture.context().coroutines() != CoroutineMode.CARRIER) {
      throw fixture.notApplicable("a callback that blocks holds the loop on the handoff engine");
    }
  }

  private void untilCalled(AtomicInteger calls, int count) {
    fixture
        .patience()
        .until("%d clients must be accepted".formatted(count), () -> calls.get() >= count);
  }

  private void expectCalls(AtomicInteger calls, int count) {
    untilCalled(calls, count);
    fixture
        .patience()
        .during(
            "no more than %d clients must be accepted".formatted(count),
            () -> calls.get() == count);
  }

  /** Factories that park until they are released to return or throw. */
  private final class ParkedFactories {

    private final Guests guests = new Guests();
    private final AtomicInteger calls = new AtomicInteger();
    private final BlockingQueue<Boolean> outcomes = new LinkedBlockingQueue<>();

    StreamProtocol make() {
      int ignored = calls.incrementAndGet();
      try {
        if (outcomes.take()) {
          return guests.add();
        }
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException("a factory must be left alone", interrupted);
      }
      throw new IllegalStateException("on purpose");
    }

    void succeed() {
      outcomes.add(true);
    }

    void fail() {
      outcomes.add(false);
    }

    /** Expects exactly this number, and no more. */
    void expectCalls(int count) {
      ServerPlaceRules.this.expectCalls(calls, count);
    }
  }
}
