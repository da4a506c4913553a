package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.TckSettings;
import org.jspecify.annotations.Nullable;

/**
 * Checks what must hold after faults have ended the connections of a rule, whatever the rule's own
 * outcome: its loops can be stopped and run again, cancelled tasks end, connections without faults
 * work, and nothing was reported that is not worth reporting. Errors on closing the fixture and
 * leaks are checked separately.
 */
public final class Aftermath {

  // Independent of the rule's patience with its peers, which may be short because they may be gone.
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(5);
  private static final long ASLEEP_NANOS = 5_000_000;
  private static final String ALIVE = "alive";

  private final LoopFixture fixture;
  private final TckSettings patient;
  private final int patienceMillis;

  /**
   * Creates a checker.
   *
   * @param fixture the fixture of a rule that has ended
   */
  public Aftermath(LoopFixture fixture) {
    this.fixture = fixture;
    Duration patience = Collections.max(List.of(LEAST_PATIENCE, fixture.settings().leakLimit()));
    this.patient = fixture.settings().withPatience(patience);
    this.patienceMillis = Math.toIntExact(patience.toMillis());
  }

  /**
   * Expects everything that must hold. Afterwards the loops are stopped and their connections
   * ended.
   */
  public void expectHealth() {
    fixture.hangUp();
    for (EventLoop loop : fixture.openLoops()) {
      try (BackgroundLoop running = BackgroundLoop.start(loop, patient)) {
        expectTasksToEnd(loop, running);
        expectWakeUp(running);
        expectService(loop, running);
        expectConnects(loop, running);
      } catch (IOException broken) {
        throw new RuleViolation(
            "a loop must serve a connection that is not hurt, but: " + broken, broken);
      }
    }
    Optional<ErrorReport> report = fixture.pollReport();
    while (report.isPresent()) {
      expectOwn(report.get());
      report = fixture.pollReport();
    }
  }

  private void expectTasksToEnd(EventLoop loop, BackgroundLoop running) {
    running.perform(() -> loop.allTasks().forEach(Task::cancel));
    new Patience(patient)
        .until(
            "tasks that are cancelled, and whose peers have hung up, must end",
            () -> running.<Set<Task<?>>>call(loop::allTasks).isEmpty());
  }

  // A loop that has nothing to do for this time sleeps.
  private static void expectWakeUp(BackgroundLoop running) {
    LockSupport.parkNanos(ASLEEP_NANOS);
    running.perform(() -> {});
  }

  private void expectService(EventLoop loop, BackgroundLoop running) throws IOException {
    if (!fixture.provider().capabilities().contains(Capability.TCP_SERVER)) {
      return;
    }
    Server server =
        running.run(() -> loop.createServer(EchoProtocol::new, ServerOptions.on(Network.HOST, 0)));
    InetSocketAddress address =
        (InetSocketAddress) running.call(() -> server.sockets().getFirst().localAddress());
    try (Peer peer = new Peer(new Socket(), patient)) {
      peer.socket().connect(address, patienceMillis);
      expectEcho("a server", peer);
    }
    running.runTask(() -> {
      server.close();
      server.waitClosed();
    });
  }

  private void expectConnects(EventLoop loop, BackgroundLoop running) throws IOException {
    if (!fixture.provider().capabilities().contains(Capability.TCP_CLIENT)) {
      return;
    }
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral(Network.HOST))) {
      listener.setSoTimeout(patienceMillis);
      ConnectOptions options = ConnectOptions.to(Network.HOST, listener.getLocalPort());
      Object ignored = running.run(() -> loop.createConnection(EchoProtocol::new, options));
      try (Peer peer = new Peer(listener.accept(), patient)) {
        expectEcho("a client", peer);
      }
    }
  }

  private static void expectEcho(String who, Peer peer) {
    peer.send(ALIVE);
    Expect.equal(
        "what comes back from " + who + " that is not hurt",
        ALIVE,
        peer.receiveText(ALIVE.length()));
    peer.sendEof();
    peer.expectEnd();
  }

  /** A rule that ended early may leave failures of its own; a peer that fails is not a mistake. */
  private static void expectOwn(ErrorReport report) {
    Throwable cause = report.exception().orElse(null);
    if (isOfRule(cause) || isOfLentBuffer(cause) || isForgotten(report, cause)) {
      return;
    }
    throw new RuleViolation(
        "what a peer does must not be reported to the exception handler but this was: %s (%s)"
            .formatted(report.message(), cause),
        cause);
  }

  /** Whether the rule itself has thrown this exception. */
  private static boolean isOfRule(@Nullable Throwable cause) {
    return cause != null
        && cause.getStackTrace().length > 0
        && KitCode.isAt(cause.getStackTrace()[0]);
  }

  /** Whether a rule has lent an unusable buffer; only the loop can have thrown this exception. */
  private static boolean isOfLentBuffer(@Nullable Throwable cause) {
    return cause != null && String.valueOf(cause.getMessage()).startsWith("getBuffer() must");
  }

  /** Whether this concerns a task, a handler or a stream that the rule abandoned. */
  private static boolean isForgotten(ErrorReport report, @Nullable Throwable cause) {
    if (cause == null) {
      return report.future().isPresent() || report.transport().isPresent();
    }
    boolean ofPeer = cause instanceof IOException || cause instanceof CancelledError;
    return ofPeer
        && (report.future().isPresent() || report.message().contains("handler of a client"));
  }
}
