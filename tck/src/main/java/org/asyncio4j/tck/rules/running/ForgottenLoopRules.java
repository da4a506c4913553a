package org.asyncio4j.tck.rules.running;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LogProbe;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.RuleViolation;

/**
 * Chapter 1, part six: loops that are not closed. The fixture refers to the loops that it opens, so
 * the provider itself opens these.
 */
final class ForgottenLoopRules {

  private static final String WARNING = "unclosed event loop";
  private static final int SEVERAL = 3;

  private final LoopFixture fixture;
  private final Supplier<EventLoop> opener = inFrameOfItsOwn(this::openInDebugMode);

  ForgottenLoopRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Opens loops in debug mode, runs some, and drops them. */
  @Rule("1.33")
  @Hint(
      "See `BaseEventLoop.closeIfForgotten`. Its argument must not refer to the loop, and no thread"
          + " that refers to the loop may be alive while the loop does not run.")
  void aForgottenLoopIsReportedOnce() {
    try (LogProbe log = LogProbe.start()) {
      for (int count = 1; count <= SEVERAL; count++) {
        int expected = count;
        openAndForget(count);
        fixture
            .patience()
            .untilCollected(
                "a loop that is forgotten must be reported in the log, as a warning '%s', together with where it was opened"
                    .formatted(WARNING),
                () -> warnings(log) >= expected);
      }
      System.gc();
      System.gc();
      Expect.equal("the number of warnings", (long) SEVERAL, warnings(log));
    }
  }

  /**
   * Opens loops, runs some, leaves timers, futures and callbacks behind, and drops them. The kit
   * compares descriptors and threads afterwards.
   */
  @Rule("1.34")
  @Hint("See `closeIfForgotten` and `Poller.resources`.")
  void aForgottenLoopReleasesItsResources() {
    List<WeakReference<EventLoop>> loops = new ArrayList<>();
    for (int count = 0; count < SEVERAL; count++) {
      loops.add(openAndForget(count));
    }
    fixture
        .patience()
        .untilCollected(
            "loops that are forgotten must be collected",
            () -> loops.stream().allMatch(loop -> loop.get() == null));
  }

  /** Opens loops, runs some, closes and drops them. */
  @Rule("1.35")
  @Hint("A loop that is closed must unregister its cleanup.")
  void aClosedLoopIsNotReported() {
    try (LogProbe log = LogProbe.start()) {
      List<WeakReference<EventLoop>> loops = new ArrayList<>();
      for (int count = 0; count < SEVERAL; count++) {
        loops.add(openAndClose(count));
      }
      fixture
          .patience()
          .untilCollected(
              "loops that are closed must be collected",
              () -> loops.stream().allMatch(loop -> loop.get() == null));
      // The report of another loop shows that the cleaner has run.
      WeakReference<EventLoop> ignored = openAndForget(0);
      fixture
          .patience()
          .untilCollected("a loop that is forgotten must be reported", () -> warnings(log) > 0);
      Expect.equal("the number of warnings", 1L, warnings(log));
    }
  }

  /**
   * Opens loops whose server listens, whose connection reads and whose datagram endpoint receives,
   * and drops them. The kit compares descriptors and threads afterwards.
   */
  @Rule("1.36")
  @Hint(
      "A thread, or the system's list of operations, leads to a completion or a transport. See"
          + " `Poller.resources` and `CompletionPort.resources`.")
  @Requires({Capability.TCP_CLIENT, Capability.TCP_SERVER})
  void aForgottenLoopWithOperationsUnderWayReleasesThem() throws IOException {
    for (int count = 0; count < SEVERAL; count++) {
      try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral(Network.HOST))) {
        WeakReference<EventLoop> loop = serveAndForget(listener.getLocalPort());
        try (Socket peer = listener.accept()) {
          fixture
              .patience()
              .untilCollected(
                  "a loop that is forgotten while it serves and reads must be collected",
                  () -> loop.get() == null);
          requireEnd(peer);
        }
      }
    }
  }

  private void requireEnd(Socket peer) throws IOException {
    peer.setSoTimeout(Math.toIntExact(fixture.settings().patience().toMillis()));
    try {
      Expect.equal("what the peer of a forgotten loop reads", -1, peer.getInputStream().read());
    } catch (SocketTimeoutException open) {
      throw new RuleViolation(
          "a connection of a loop that was forgotten must be closed when the loop is collected",
          open);
    } catch (SocketException reset) {
      // This is an end, too.
    }
  }

  // In separate methods, so that no local variable holds the loop.
  private WeakReference<EventLoop> serveAndForget(int port) {
    EventLoop loop = opener.get();
    boolean hasDatagrams = fixture.provider().capabilities().contains(Capability.UDP);
    loop.runUntilComplete(
        loop.createTask(() -> {
          Object _ = loop.createServer(EchoProtocol::new, Network.HOST, 0);
          Object _ = loop.createConnection(EchoProtocol::new, Network.HOST, port);
          if (hasDatagrams) {
            Object _ =
                loop.createDatagramEndpoint(
                    () -> new DatagramProtocol() {}, DatagramOptions.boundTo(Network.HOST, 0));
          }
          Asyncio.sleep(Duration.ofNanos(1));
          return null;
        }));
    return new WeakReference<>(loop);
  }

  private WeakReference<EventLoop> openAndForget(int number) {
    return new WeakReference<>(open(number));
  }

  private WeakReference<EventLoop> openAndClose(int number) {
    EventLoop loop = open(number);
    loop.close();
    return new WeakReference<>(loop);
  }

  private EventLoop open(int number) {
    EventLoop loop = opener.get();
    Promise<String> future = loop.createFuture();
    future.addDoneCallback(_ -> loop.stop());
    if (number % 2 == 1) {
      String ignored =
          loop.runUntilComplete(
              loop.createTask(() -> {
                Asyncio.sleep(Duration.ofNanos(1));
                return Asyncio.toThread(() -> "ran");
              }));
    }
    loop.callLater(Duration.ofHours(1), loop::stop);
    loop.callSoon(loop::stop);
    return loop;
  }

  private EventLoop openInDebugMode() {
    return fixture.provider().open(fixture.context().withDebug(true));
  }

  private long warnings(LogProbe log) {
    return log.entries().stream()
        .filter(entry -> entry.message().contains(WARNING))
        .filter(entry -> entry.thrown().filter(this::isOfThisRun).isPresent())
        .count();
  }

  private boolean isOfThisRun(Throwable openedAt) {
    String type = opener.getClass().getName();
    return Arrays.stream(openedAt.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(type));
  }

  /**
   * Loops of other rules, and of other runs of these, may be collected and reported at the same
   * time, and a report says only where its loop was opened. Each run opens its loops through a
   * proxy class from a new class loader, whose name in that stack trace identifies the run.
   */
  @SuppressWarnings("unchecked")
  private static Supplier<EventLoop> inFrameOfItsOwn(Supplier<EventLoop> opening) {
    return (Supplier<EventLoop>)
        Proxy.newProxyInstance(
            new ClassLoader(ForgottenLoopRules.class.getClassLoader()) {},
            new Class<?>[] {Supplier.class},
            (_, _, _) -> opening.get());
  }
}
