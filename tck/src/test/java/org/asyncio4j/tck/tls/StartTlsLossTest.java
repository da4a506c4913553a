package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.tck.driver.Descriptors;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocols are notified once when a connection is lost in {@code startTls}. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StartTlsLossTest {

  private static final int ENOUGH = 3;
  private static final int MANY_TICKS = 100_000;

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void theFormerProtocolIsNotifiedOnceOfAnyFailedHandshake(Kind kind) {
    kind.run(() -> {
      for (TlsRole role : TlsRole.values()) {
        for (boolean twice : new boolean[] {false, true}) {
          try (Ends ends = new Ends(twice)) {
            expectFailure(
                ends, role, peer -> peer.write(bytes("no TLS at all")), SSLException.class);
          }
          try (Ends ends = new Ends(twice)) {
            expectFailure(ends, role, Transport::close, IOException.class);
          }
          try (Ends ends = new Ends(twice)) {
            expectFailure(ends, role, Transport::abort, IOException.class);
          }
          try (Ends ends = new Ends(twice)) {
            expectFailure(ends, role, peer -> {}, TimeoutException.class);
          }
        }
      }
      return true;
    });
  }

  /** Faults of a peer log no warning, however deeply TLS is nested. */
  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void anEndOfTheOuterTlsIsNoWarning(Kind kind) {
    List<LogRecord> logged = new CopyOnWriteArrayList<>();
    Handler handler = new Collecting(logged);
    Logger logger = Logger.getLogger("org.asyncio4j");
    logger.addHandler(handler);
    try {
      boolean ignored =
          kind.run(() -> {
            try (Ends ends = new Ends(true)) {
              expectFailure(ends, TlsRole.CLIENT, Transport::close, IOException.class);
            }
            return true;
          });
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(logged).filteredOn(entry -> entry.getLevel() == Level.WARNING).isEmpty();
  }

  private static final class Collecting extends Handler {

    private final List<LogRecord> collected;

    Collecting(List<LogRecord> collected) {
      this.collected = collected;
    }

    @Override
    public void publish(LogRecord entry) {
      collected.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static void expectFailure(
      Ends ends, TlsRole role, Consumer<Transport> peer, Class<? extends IOException> type) {
    Life fresh = new Life();
    boolean silent = type == TimeoutException.class;
    Duration limit = silent ? Duration.ofMillis(1) : Duration.ofSeconds(60);
    Task<Transport> starting =
        begin(ends.near, fresh, optionsOf(role).withHandshakeLimit(limit), role);
    Asyncio.sleep(Duration.ZERO);
    peer.accept(ends.far);

    assertThatThrownBy(starting::await).isInstanceOf(type);
    Throwable thrown = starting.exception().orElse(null);
    ends.ofNear.expect("made", "lost with " + thrown);
    assertThat(ends.ofNear.reason).isSameAs(thrown);
    fresh.expect();
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void theServerMayAbortItsClientsDuringTheHandshake(Kind kind) {
    kind.run(() -> {
      for (boolean aborts : new boolean[] {true, false}) {
        try (Ends ends = new Ends(false)) {
          Life fresh = new Life();
          Task<Transport> starting = begin(ends.far, fresh, TlsLoops.SERVER, TlsRole.SERVER);
          Asyncio.sleep(Duration.ZERO);
          if (aborts) {
            ends.server.abortClients();
          } else {
            ends.server.closeClients();
          }
          assertThatThrownBy(starting::await).isInstanceOf(IOException.class);
          ends.ofFar.expect("made", "lost with " + starting.exception().orElseThrow());
          assertThat(ends.ofFar.reason).isSameAs(starting.exception().orElseThrow());
          fresh.expect();
        }
      }
      return true;
    });
  }

  /** Cancels either end after each number of ticks, while both write as soon as they may. */
  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void exactlyOneProtocolOfEachEndIsNotifiedWheneverItIsCancelled(Kind kind) {
    kind.run(() -> {
      Descriptors before = Descriptors.now();
      for (TlsRole role : TlsRole.values()) {
        for (boolean twice : new boolean[] {false, true}) {
          int done = 0;
          int cancelled = 0;
          for (int ticks = 1; done < ENOUGH; ticks = next(ticks)) {
            boolean received = cancelAfter(ticks, role, twice);
            done += received ? 0 : 1;
            cancelled += received ? 1 : 0;
            while (!Descriptors.now().equals(before)) {
              Asyncio.sleep(Duration.ZERO);
            }
          }
          assertThat(cancelled).isGreaterThan(ENOUGH);
        }
      }
      return true;
    });
  }

  private static boolean cancelAfter(int ticks, TlsRole role, boolean twice) {
    try (Ends ends = new Ends(twice)) {
      Life newNear = new Life();
      Life newFar = new Life();
      Task<Transport> near = begin(ends.near, newNear, TlsLoops.CLIENT, TlsRole.CLIENT);
      Task<Transport> far = begin(ends.far, newFar, TlsLoops.SERVER, TlsRole.SERVER);
      for (int tick = 0; tick < ticks; tick++) {
        Asyncio.sleep(Duration.ZERO);
      }
      Task<Transport> victim = role == TlsRole.CLIENT ? near : far;
      boolean received = victim.cancel();
      TlsLoops.yieldUntil(() -> near.isDone() && far.isDone());
      if (received) {
        assertThatThrownBy(victim::await).isInstanceOf(CancelledError.class);
      }
      settle(near, ends.near);
      settle(far, ends.far);
      TlsLoops.yieldUntil(() ->
          ends.ofNear.count("lost") + newNear.count("lost") > 0
              && ends.ofFar.count("lost") + newFar.count("lost") > 0);
      Asyncio.sleep(Duration.ZERO);
      expectOne(near, ends.ofNear, newNear);
      expectOne(far, ends.ofFar, newFar);
      return received;
    }
  }

  /** A task that was cancelled before it began has not touched its transport. */
  private static void settle(Task<Transport> task, Transport plain) {
    if (!task.isCancelled() && task.exception().isEmpty()) {
      task.result().close();
    } else {
      plain.abort();
    }
  }

  private static void expectOne(Task<Transport> task, Life former, Life fresh) {
    boolean secured = !task.isCancelled() && task.exception().isEmpty();
    assertThat(former.count("lost")).as("%s", task).isEqualTo(secured ? 0 : 1);
    assertThat(fresh.count("lost")).as("%s", task).isEqualTo(secured ? 1 : 0);
    if (!secured) {
      fresh.expect();
    }
  }

  private static int next(int ticks) {
    assertThat(ticks).as("ticks of a handshake").isLessThan(MANY_TICKS);
    return ticks < 40 ? ticks + 1 : ticks + ticks / 8;
  }

  private static Task<Transport> begin(
      Transport transport, Life fresh, TlsOptions options, TlsRole role) {
    return Asyncio.createTask(() -> {
      Transport secured = Asyncio.runningLoop().startTls(transport, fresh, options, role);
      secured.write(bytes("at once"));
      return secured;
    });
  }

  private static TlsOptions optionsOf(TlsRole role) {
    return role == TlsRole.CLIENT ? TlsLoops.CLIENT : TlsLoops.SERVER;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Both ends of a connection, plain or with TLS already. */
  private static final class Ends implements AutoCloseable {

    private final Server server;
    private final Life ofNear = new Life();
    private final Life ofFar = new Life();
    private final Transport near;
    private final Transport far;

    Ends(boolean secured) {
      EventLoop loop = Asyncio.runningLoop();
      try {
        var place = TlsLoops.loopback();
        server = loop.createServer(() -> ofFar, secured ? place.withTls(TlsLoops.SERVER) : place);
        var to = TlsLoops.to(server);
        near =
            loop.createConnection(() -> ofNear, secured ? to.withTls(TlsLoops.CLIENT) : to)
                .transport();
      } catch (IOException refused) {
        throw new AssertionError(refused);
      }
      TlsLoops.yieldUntil(() -> ofFar.transport != null);
      far = ofFar.transport;
    }

    @Override
    public void close() {
      near.abort();
      server.abortClients();
      server.close();
      server.waitClosed();
    }
  }

  private static final class Life implements Protocol {

    private final List<String> events = new ArrayList<>();
    private Transport transport;
    private Throwable reason;

    @Override
    public void connectionMade(Transport connection) {
      transport = connection;
      events.add("made");
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      events.add("data");
    }

    @Override
    public boolean eofReceived() {
      events.add("eof");
      return false;
    }

    @Override
    public void connectionLost(Throwable thrown) {
      reason = thrown;
      events.add("lost with " + thrown);
    }

    void expect(String... expected) {
      assertThat(events).containsExactly(expected);
    }

    long count(String prefix) {
      return events.stream().filter(event -> event.startsWith(prefix)).count();
    }
  }
}
