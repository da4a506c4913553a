package org.asyncio4j.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.SocketServerOptions;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.tck.driver.Descriptors;
import org.asyncio4j.tck.tls.TlsLoops.Kind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers of all kinds with a limit of connections. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionLimitTest {

  private static final int SOME_TICKS = 20;

  private final Guests guests = new Guests();

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aUnixServerHasTheLimit(Kind kind, @TempDir Path directory) {
    assumeTrue(kind.provider().capabilities().contains(Capability.UNIX_STREAM));
    kind.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      Path path = directory.resolve("s");
      Server server =
          loop.createUnixServer(guests::add, UnixServerOptions.on(path).withMaxConnections(2));
      expectLimit(
          server,
          () -> loop.createUnixConnection(Idle::new, UnixConnectOptions.to(path)).transport());
      return true;
    });
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aServerOnASocketThatWasHandedOverHasTheLimit(Kind kind) {
    assumeTrue(kind.provider().capabilities().contains(Capability.SOCKETS));
    kind.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      AsyncServerSocket socket = loop.openServerSocket(StandardProtocolFamily.INET);
      socket.bind(new InetSocketAddress("127.0.0.1", 0), 10);
      Server server =
          loop.createServer(guests::add, SocketServerOptions.on(socket).withMaxConnections(2));
      expectLimit(server, () -> loop.createConnection(Idle::new, TlsLoops.to(server)).transport());
      return true;
    });
  }

  private void expectLimit(Server server, Connecting connecting) throws IOException {
    List<Transport> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(connecting.connect());
    }
    TlsLoops.yieldUntil(() -> guests.served == 2);
    giveWay();
    assertThat(guests.served).isEqualTo(2);
    clients.forEach(Transport::close);
    TlsLoops.yieldUntil(() -> guests.served == 4);
    server.close();
    server.waitClosed();
    assertThat(guests.most).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aServerMayBeClosedAtItsLimit(Kind kind) {
    kind.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      Descriptors before = Descriptors.now();
      Server server = loop.createServer(guests::add, TlsLoops.loopback().withMaxConnections(1));
      Task<?> serving =
          Asyncio.createTask(() -> {
            server.serveForever();
            return true;
          });
      Transport first = loop.createConnection(Idle::new, TlsLoops.to(server)).transport();
      Transport waiting = loop.createConnection(Idle::new, TlsLoops.to(server)).transport();
      TlsLoops.yieldUntil(() -> guests.served == 1);

      assertThat(serving.cancel()).isTrue();
      giveWay();
      assertThat(serving.isDone()).isFalse(); // for the connection
      first.close();
      assertThatThrownBy(serving::await).isInstanceOf(CancelledError.class);

      TlsLoops.yieldUntil(waiting::isClosing);
      assertThat(guests.served).isEqualTo(1);
      while (!Descriptors.now().equals(before)) {
        Asyncio.sleep(Duration.ZERO);
      }
      return true;
    });
  }

  /** A connection takes its place before the factory is called, which may park. */
  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void aFactoryMayParkAtTheLimit(Kind kind) {
    assumeTrue(kind.mode() == CoroutineMode.CARRIER, "a parked callback holds up the other engine");
    Semaphore permits = new Semaphore(0);
    kind.run(() -> {
      EventLoop loop = Asyncio.runningLoop();
      int[] calls = new int[1];
      Server server =
          loop.createServer(
              () -> {
                calls[0]++;
                permits.acquireUninterruptibly();
                return guests.add();
              },
              TlsLoops.loopback().withMaxConnections(1));
      Transport first = loop.createConnection(Idle::new, TlsLoops.to(server)).transport();
      Transport second = loop.createConnection(Idle::new, TlsLoops.to(server)).transport();
      TlsLoops.yieldUntil(() -> calls[0] > 0);
      giveWay();
      assertThat(calls[0]).isEqualTo(1);

      permits.release(2);
      TlsLoops.yieldUntil(() -> guests.served == 1);
      giveWay();
      assertThat(calls[0]).isEqualTo(1);
      first.close();
      TlsLoops.yieldUntil(() -> guests.served == 2);
      second.close();
      server.close();
      server.waitClosed();
      assertThat(guests.most).isEqualTo(1);
      return true;
    });
  }

  @ParameterizedTest
  @MethodSource("org.asyncio4j.tck.tls.TlsLoops#all")
  void clientsThatEndInAnyWayFreeTheirPlaces(Kind kind) {
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      guests.reset();
      kind.run(() -> {
        EventLoop loop = Asyncio.runningLoop();
        Server server =
            loop.createServer(
                guests::add, TlsLoops.loopback().withBacklog(200).withMaxConnections(3));
        List<Transport> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          Connection<Idle> made = loop.createConnection(Idle::new, TlsLoops.to(server));
          clients.add(made.transport());
          if (random.nextInt(3) == 0) {
            end(clients.remove(random.nextInt(clients.size())), random);
          }
        }
        while (!clients.isEmpty()) {
          end(clients.remove(random.nextInt(clients.size())), random);
          Asyncio.sleep(Duration.ZERO);
        }
        Transport last = loop.createConnection(Talker::new, TlsLoops.to(server)).transport();
        TlsLoops.yieldUntil(() -> guests.received == 1);
        last.close();
        server.close();
        server.waitClosed();
        assertThat(guests.most).isLessThanOrEqualTo(3);
        return true;
      });
    }
  }

  private static void end(Transport client, Random random) {
    if (random.nextBoolean()) {
      client.close();
    } else {
      client.abort();
    }
  }

  private static void giveWay() {
    for (int tick = 0; tick < SOME_TICKS; tick++) {
      Asyncio.sleep(Duration.ZERO);
    }
  }

  private interface Connecting {
    Transport connect() throws IOException;
  }

  private static final class Idle implements Protocol {

    @Override
    public void dataReceived(ByteBuffer data) {}
  }

  /** Sends something. */
  private static final class Talker implements Protocol {

    @Override
    public void connectionMade(Transport transport) {
      transport.write(new byte[1]);
    }

    @Override
    public void dataReceived(ByteBuffer data) {}
  }

  /** The protocols of a server. */
  private static final class Guests {

    private int served;
    private int present;
    private int most;
    private int received;

    void reset() {
      served = 0;
      present = 0;
      most = 0;
      received = 0;
    }

    Protocol add() {
      return new Protocol() {
        @Override
        public void connectionMade(Transport transport) {
          served++;
          present++;
          most = Math.max(most, present);
        }

        @Override
        public void dataReceived(ByteBuffer data) {
          received += data.remaining();
        }

        @Override
        public void connectionLost(Throwable exception) {
          present--;
        }
      };
    }
  }
}
