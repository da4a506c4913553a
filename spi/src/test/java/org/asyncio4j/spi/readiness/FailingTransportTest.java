package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A loop that throws when its server counts the transport already. */
class FailingTransportTest {

  // Longer than the time for which a busy loop skips its polls: each tick polls here.
  private static final long TICK_NANOS = 1_000_000;
  private static final AtomicLong READINGS = new AtomicLong();

  private final ScriptedDriver driver = new ScriptedDriver();
  private final FailingLoop loop = new FailingLoop(driver);
  private final List<RecordingProtocol> protocols = new ArrayList<>();
  private final List<ErrorReport> reports = new ArrayList<>();
  private Server server;
  private ScriptedListener listener;

  @BeforeEach
  void serve() throws IOException {
    loop.setExceptionHandler((source, report) -> reports.add(report));
    server = run(() -> loop.createServer(this::protocol, place().withMaxConnections(1)));
    listener = driver.listeners.getLast();
  }

  @AfterEach
  void closeLoop() {
    loop.close();
    assertThat(driver.listeners).allMatch(each -> each.closes == 1);
  }

  @Test
  void itsPlaceIsGivenBackOnce() {
    loop.failures = 1;
    ScriptedStream failed = listener.comes();
    ScriptedStream next = listener.comes();
    ScriptedStream waiting = listener.comes();

    ticks();

    assertFailure(failed);
    assertThat(protocols).hasSize(2);
    assertThat(next.closes).isZero();
    assertThat(listener.waiting()).isEqualTo(1);
    protocols.getLast().transport.close();
    ticks();
    assertThat(protocols).hasSize(3);
    assertThat(waiting.closes).isZero();
  }

  @Test
  void manyOfThemLeaveNoPlaceTaken() {
    loop.failures = 3;
    for (int clients = 0; clients < 4; clients++) {
      listener.comes();
    }

    ticks();

    assertThat(reports).hasSize(3);
    assertThat(protocols).hasSize(4);
    assertThat(protocols.getLast().events).containsExactly("made");
  }

  @Test
  void aServerDoesNotWaitForIt() {
    loop.failures = 1;
    ScriptedStream failed = listener.comes();
    ticks();
    assertFailure(failed);
    server.close();

    Task<Boolean> waiting =
        loop.createTask(() -> {
          server.waitClosed();
          return true;
        });
    ticks();

    assertThat(waiting.isDone()).isTrue();
    assertThat(server.toString()).contains("clients=0");
  }

  @Test
  void startedOperationsAreEnded() {
    loop.failures = 1;
    ScriptedStream failed = listener.comes();

    ticks();

    assertFailure(failed);
    assertThat(protocols.getFirst().events).containsExactly("made", "lost");
    assertThat(failed.calls).doesNotContain("read");
  }

  private void assertFailure(ScriptedStream socket) {
    assertThat(socket.closes).isPositive();
    assertThat(reports).hasSize(1);
    assertThat(reports.getFirst().exception().orElseThrow()).hasMessage("on purpose");
  }

  private RecordingProtocol protocol() {
    RecordingProtocol made = new RecordingProtocol();
    protocols.add(made);
    return made;
  }

  private static ServerOptions place() {
    return ServerOptions.on("127.0.0.1", 0);
  }

  private void ticks() {
    for (int tick = 0; tick < 10; tick++) {
      loop.callSoon(loop::stop);
      loop.runForever();
    }
  }

  private <T> T run(Callable<T> body) {
    return loop.runUntilComplete(loop.createTask(body));
  }

  /** Makes a transport, notifies the server of it, and throws. */
  private static final class FailingLoop extends ReadinessEventLoop {

    private int failures;

    FailingLoop(ScriptedDriver driver) {
      super(
          LoopContext.defaults().withClock(() -> READINGS.addAndGet(TICK_NANOS)),
          "failing",
          driver,
          driver,
          EnumSet.allOf(Capability.class));
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Transport made = super.makeSocketTransport(request);
      if (failures-- > 0) {
        throw new IllegalStateException("on purpose");
      }
      return made;
    }
  }
}
