package org.asyncio4j.tck.rules.tls;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.TlsTransportRequest;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.probe.TlsPeer;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 17, part six: connections that are lost while they switch to TLS. */
@Requires({Capability.TLS, Capability.TCP_CLIENT, Capability.TCP_SERVER})
final class StartTlsLossRules {

  private static final TlsOptions CLIENT = TlsLinks.trusting().withServerName("localhost");
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final String NO_TLS = "220 plain.example ready to serve you\r\n";

  private final LoopFixture fixture;
  private final Network network;
  private final List<Attempt> ended = new ArrayList<>();

  StartTlsLossRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Begins TLS as a client and as a server, several times, with peers that respond with something
   * else, end the connection, or are silent until the limit passes.
   */
  @Rule("17.31")
  @Hint(
      "Notify the former protocol when the connection is lost before the handshake is done, and"
          + " call the new one only after that.")
  void theFormerProtocolIsNotifiedWhenTheHandshakeFails() throws IOException {
    for (int round = 0; round < 2; round++) {
      for (TlsRole role : TlsRole.values()) {
        expectFailure(role, options(role), peer -> peer.send(Network.bytes(NO_TLS)));
        expectFailure(role, options(role), Peer::sendEof);
        IOException late = expectFailure(role, options(role).withHandshakeLimit(SHORT), peer -> {});
        Expect.that(
            "TimeoutException must be thrown but was " + late, late instanceof TimeoutException);
      }
    }
    expectNothingMore();
  }

  private IOException expectFailure(TlsRole role, TlsOptions options, Talk talk)
      throws IOException {
    Attempt attempt = connect(role);
    Task<Transport> starting = attempt.begin(options);
    talk.with(attempt.peer());
    IOException thrown = attempt.expectFailure(starting);
    attempt.peer().expectClosed("the connection");
    return thrown;
  }

  /** Begins TLS over TLS, with a peer that responds with something else. */
  @Rule("17.32")
  @Hint("Pass the loss of the lower transport on to the protocol that it had before.")
  void theFormerProtocolIsNotifiedThroughTlsToo() {
    for (int round = 0; round < 2; round++) {
      Trace ofNear = new Trace();
      ProbeProtocol near = new ProbeProtocol(ofNear);
      ProbeProtocol far = new ProbeProtocol();
      Transport lower = new TlsLinks(network).connect(near, far);
      fixture.patience().await("the server's connection must be made", far.made());
      Attempt attempt = new Attempt(TlsRole.CLIENT, ofNear, near, lower, null);

      Task<Transport> starting = attempt.begin(CLIENT);
      network.perform(() -> far.transport().write(Network.bytes(NO_TLS)));

      IOException ignored = attempt.expectFailure(starting);
      fixture.patience().await("the server must lose the connection", far.lost());
    }
    expectNothingMore();
  }

  /** Cancels the task that waits for a silent peer. */
  @Rule("17.33")
  @Hint("Notify the former protocol of the end of an aborted connection.")
  void theFormerProtocolIsNotifiedWhenTheTaskIsCancelled() throws IOException {
    for (int round = 0; round < 2; round++) {
      for (TlsRole role : TlsRole.values()) {
        Attempt attempt = connect(role);
        Task<Transport> starting = attempt.begin(options(role));
        network.perform(() -> Expect.that("cancel must succeed", starting.cancel()));
        attempt.expectCancellation(starting);
        attempt.peer().expectClosed("the connection");
      }
    }
    expectNothingMore();
  }

  /**
   * Cancels the task when the handshake is done, before its next step, while data is already
   * available.
   */
  @Rule("17.34")
  @Hint(
      "Call the new protocol after the step of the task that waits, and notify the former one of"
          + " the loss if that step has ended with a throwable.")
  void theFormerProtocolIsNotifiedWhenTheHandshakeWasDone() throws IOException {
    AtomicReference<Task<?>> victim = new AtomicReference<>();
    for (int round = 0; round < 2; round++) {
      Attempt attempt = connect(TlsRole.SERVER);
      whenTheHandshakeIsDone(() -> Expect.that("cancel must succeed", victim.get().cancel()));
      Task<Transport> starting = attempt.begin(TlsLinks.serving());
      victim.set(starting);
      new TlsPeer(attempt.peer().socket()).connect(Network.bytes("early"));

      attempt.expectCancellation(starting);
      attempt.peer().expectClosed("the connection");
    }
    expectNothingMore();
  }

  /**
   * Makes a peer send data with the end of its handshake, and checks the order of the task and the
   * protocol.
   */
  @Rule("17.35")
  @Hint("Call the new protocol after the step of the task that waits.")
  void theNewProtocolIsNotCalledBeforeStartTlsHasReturned() throws IOException {
    for (int round = 0; round < 2; round++) {
      Attempt attempt = connect(TlsRole.SERVER);
      Task<Transport> starting = attempt.begin(TlsLinks.serving());
      TlsPeer peer = new TlsPeer(attempt.peer().socket());

      peer.connect(Network.bytes("early"));

      fixture
          .patience()
          .until("the data must arrive", () -> attempt.fresh.received().equals("early"));
      Expect.equal(
          "what happens",
          List.of("returned", "dataReceived"),
          attempt.ofFresh.events().stream().distinct().toList());
      Expect.that("startTls must have returned", network.call(starting::isDone));
    }
  }

  /** Aborts connections while they begin TLS, by the transport and by the server. */
  @Rule("17.40")
  @Hint("Make the exception once, for the task that waits and for the former protocol.")
  void bothProtocolsGetTheSameExceptionWhenTheConnectionIsAborted() throws IOException {
    for (int round = 0; round < 2; round++) {
      for (TlsRole role : TlsRole.values()) {
        Attempt attempt = connect(role);
        Task<Transport> starting = attempt.begin(options(role));
        network.perform(attempt.plain::abort);
        expectFailureOf(attempt, starting);
      }
      Trace ofFormer = new Trace();
      ProbeProtocol former = new ProbeProtocol(ofFormer);
      Server server = network.serve(() -> former);
      Attempt attempt = accept(server, ofFormer, former);
      Task<Transport> starting = attempt.begin(TlsLinks.serving());
      network.perform(server::abortClients);
      expectFailureOf(attempt, starting);
    }
    expectNothingMore();
  }

  private void expectFailureOf(Attempt attempt, Task<Transport> starting) throws IOException {
    IOException ignored = attempt.expectFailure(starting);
    attempt.peer().expectClosed("the connection");
  }

  /**
   * Loses connections when the handshake is done and the task has not run since: aborted, and reset
   * by a peer with the last message of its handshake.
   */
  @Rule("17.41")
  @Hint("See 17.40. The protocol may be notified before the task runs, or after it.")
  void bothProtocolsGetTheSameExceptionWhenTheHandshakeWasDone() throws IOException {
    AtomicReference<Runnable> loss = new AtomicReference<>(() -> {});
    whenTheHandshakeIsDone(() -> loss.get().run());
    for (int round = 0; round < 2; round++) {
      Attempt aborted = connect(TlsRole.SERVER);
      loss.set(aborted.plain::abort);
      Task<Transport> starting = aborted.begin(TlsLinks.serving());
      new TlsPeer(aborted.peer().socket()).connect(new byte[0]);
      expectFailureOf(aborted, starting);
      loss.set(() -> {});

      resetWithTheLastFlight();
    }
    expectNothingMore();
  }

  // The loop may notice the reset before or after it has read everything: startTls may have
  // returned.
  private void resetWithTheLastFlight() throws IOException {
    Attempt attempt = connect(TlsRole.SERVER);
    Task<Transport> starting = attempt.begin(TlsLinks.serving());
    TlsPeer peer = new TlsPeer(attempt.peer().socket());
    attempt.peer().send(peer.hello());
    byte[] last = peer.lastFlight(new byte[0]);
    network.perform(() -> {
      attempt.peer().send(last);
      attempt.peer().reset();
    });

    fixture.patience().until("startTls must end", () -> network.call(starting::isDone));
    if (attempt.ofFresh.events().isEmpty()) {
      IOException ignored = attempt.expectFailure(starting);
    } else {
      fixture.patience().await("the new protocol must be notified", attempt.fresh.lost());
      Expect.equal(
          "the calls of the former protocol", List.of("connectionMade"), attempt.ofFormer.events());
    }
  }

  /**
   * Checks connections in the step in which {@code startTls} throws: because of a peer that
   * responds with something else, and because the task is cancelled.
   */
  @Rule("17.42")
  @Hint("Close or abort the connection before `startTls` throws.")
  void theConnectionIsClosingWhenStartTlsThrows() throws IOException {
    for (int round = 0; round < 2; round++) {
      for (TlsRole role : TlsRole.values()) {
        Attempt failing = connect(role);
        Task<Transport> starting = failing.begin(options(role));
        failing.peer().send(Network.bytes(NO_TLS));
        expectFailureOf(failing, starting);

        Attempt cancelled = connect(role);
        Task<Transport> waiting = cancelled.begin(options(role));
        network.perform(() -> Expect.that("cancel must succeed", waiting.cancel()));
        cancelled.expectCancellation(waiting);

        for (Attempt attempt : List.of(failing, cancelled)) {
          Expect.that(
              "the connection must be closing when startTls throws as a " + role,
              attempt.closing.get());
        }
      }
    }
    expectNothingMore();
  }

  private void expectNothingMore() {
    fixture
        .patience()
        .during(
            "the former protocols must be notified once, and the new ones not be called",
            () -> ended.stream().allMatch(Attempt::isQuiet));
  }

  private void whenTheHandshakeIsDone(Runnable action) {
    HookLog.observe(
        network.loop(),
        call -> {
          if (call.request() instanceof TlsTransportRequest request) {
            request.waiter().orElseThrow().addDoneCallback(done -> action.run());
          }
        });
  }

  private static TlsOptions options(TlsRole role) {
    return role == TlsRole.CLIENT ? CLIENT : TlsLinks.serving();
  }

  /** Connects a plain socket to the loop. */
  private Attempt connect(TlsRole role) throws IOException {
    Trace ofFormer = new Trace();
    ProbeProtocol former = new ProbeProtocol(ofFormer);
    if (role == TlsRole.SERVER) {
      return accept(network.serve(() -> former), ofFormer, former);
    }
    ServerSocket listener = network.listen();
    Transport plain = network.connect(listener, former);
    return new Attempt(role, ofFormer, former, plain, network.accept(listener));
  }

  private Attempt accept(Server server, Trace ofFormer, ProbeProtocol former) throws IOException {
    Peer peer = network.connectTo(server);
    fixture.patience().await("the connection must be made", former.made());
    return new Attempt(TlsRole.SERVER, ofFormer, former, former.transport(), peer);
  }

  /** The actions of the peer once the loop has begun. */
  private interface Talk {
    void with(Peer peer) throws IOException;
  }

  /** A connection of the loop that switches to TLS, and its peer. */
  private final class Attempt {

    final TlsRole role;
    final Trace ofFormer;
    final ProbeProtocol former;
    final Transport plain;
    private final @Nullable Peer peer; // absent below TLS
    final Trace ofFresh = new Trace();
    final ProbeProtocol fresh = new ProbeProtocol(ofFresh);
    final AtomicBoolean closing = new AtomicBoolean();

    Attempt(
        TlsRole role, Trace ofFormer, ProbeProtocol former, Transport plain, @Nullable Peer peer) {
      this.role = role;
      this.ofFormer = ofFormer;
      this.former = former;
      this.plain = plain;
      this.peer = peer;
    }

    Peer peer() {
      return requireNonNull(peer, "peer");
    }

    /** Makes a task begin, and waits until it has. */
    Task<Transport> begin(TlsOptions options) {
      EventLoop loop = network.loop();
      Task<Transport> starting =
          network.call(() ->
              loop.createTask(() -> {
                try {
                  Transport secured = loop.startTls(plain, fresh, options, role);
                  ofFresh.add("returned");
                  return secured;
                } finally {
                  closing.set(plain.isClosing());
                }
              }));
      network.perform(() -> {});
      return starting;
    }

    IOException expectFailure(Task<Transport> starting) {
      IOException thrown =
          network.run(() -> Expect.thrown(IOException.class, "startTls", starting::await));
      expectLoss();
      Expect.same("the reason", thrown, former.reason().orElse(null));
      return thrown;
    }

    void expectCancellation(Task<Transport> starting) {
      CancelledError ignored =
          network.run(() -> Expect.thrown(CancelledError.class, "startTls", starting::await));
      expectLoss();
      Expect.equal("the reason", Optional.empty(), former.reason());
    }

    private void expectLoss() {
      fixture.patience().await("the former protocol must be notified", former.lost());
      Expect.equal(
          "the calls of the former protocol",
          List.of("connectionMade", "connectionLost"),
          ofFormer.events());
      Expect.equal("the calls of the new protocol", List.of(), ofFresh.events());
      ended.add(this);
    }

    boolean isQuiet() {
      return ofFormer.events().size() == 2 && ofFresh.events().isEmpty();
    }
  }
}
