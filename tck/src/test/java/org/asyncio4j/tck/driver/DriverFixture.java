package org.asyncio4j.tck.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.asyncio4j.spi.Availability.Available;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.driver.Driver;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.ListenerSocket;
import org.asyncio4j.spi.driver.PollableSocket;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.driver.ReadinessListener;
import org.asyncio4j.spi.driver.Registration;
import org.asyncio4j.spi.driver.Sockets;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.readiness.DriverProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * A driver per test, sockets on the loopback, and a look at the process's descriptors afterwards.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class DriverFixture {

  static final SocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  final DriverProvider provider;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Driver driver;
  private Descriptors before;

  DriverFixture(DriverProvider provider) {
    this.provider = provider;
  }

  /** All drivers that work here. */
  static Stream<DriverProvider> drivers() {
    return ServiceLoader.load(EventLoopProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(found -> found instanceof DriverProvider)
        .map(found -> (DriverProvider) found)
        .filter(found -> found.availability() instanceof Available);
  }

  @BeforeEach
  final void openDriver() throws Exception {
    // The JDK and a driver may keep descriptors for the life of the process after the first use.
    exerciseOnce();
    before = Descriptors.now();
    driver = provider.openDriver();
  }

  private void exerciseOnce() throws Exception {
    Class.forName("sun.nio.ch.Poller"); // waits on behalf of virtual threads
    driver = provider.openDriver();
    Pair pair = connectedPair();
    Watch watch = watch(pair.server(), Interest.READ);
    pair.client().close();
    pollUntil(() -> watch.count > 0, "end of file");
    closeAll();
  }

  @AfterEach
  final void nothingLeaks() throws Exception {
    closeAll();
    assertThat(Descriptors.now())
        .as("descriptors that leaked, or were closed twice")
        .isEqualTo(before);
  }

  private void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    opened.clear();
    driver.poller().close();
  }

  final Poller poller() {
    return driver.poller();
  }

  final Sockets sockets() {
    return driver.sockets();
  }

  final <S extends PollableSocket> S closedLater(S socket) {
    opened.add(socket);
    return socket;
  }

  final StreamSocket stream() throws IOException {
    return stream(StandardProtocolFamily.INET);
  }

  final StreamSocket stream(ProtocolFamily family) throws IOException {
    return closedLater(driver.sockets().openStream(family));
  }

  final DatagramSocket udp(ProtocolFamily family) throws IOException {
    return closedLater(driver.sockets().openDatagram(family));
  }

  final ListenerSocket unboundListener(ProtocolFamily family) throws IOException {
    return closedLater(driver.sockets().openListener(family));
  }

  final ListenerSocket listener() throws IOException {
    return listener(LOOPBACK);
  }

  final ListenerSocket listener(SocketAddress address) throws IOException {
    ListenerSocket listener = unboundListener(StandardProtocolFamily.INET);
    listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    listener.bind(address, 128);
    listener.listen(128);
    return listener;
  }

  /** A client and the socket that a listener accepted for it. */
  record Pair(StreamSocket client, StreamSocket server) {}

  final Pair connectedPair() throws IOException {
    ListenerSocket listener = listener();
    Pair pair = connectedPair(listener);
    listener.close();
    return pair;
  }

  final Pair connectedPair(ListenerSocket listener) throws IOException {
    return connectedPair(listener, stream(), listener.localAddress());
  }

  final Pair connectedPair(ListenerSocket listener, StreamSocket client, SocketAddress address)
      throws IOException {
    boolean connected = client.connect(address);
    StreamSocket server = accept(listener);
    if (!connected) {
      finishConnect(client);
    }
    return new Pair(client, server);
  }

  /** Polls until a connection waits, and accepts it. */
  final StreamSocket accept(ListenerSocket listener) throws IOException {
    Watch watch = watch(listener, Interest.READ);
    pollUntil(() -> watch.received(Interest.READ), "a connection to accept");
    watch.registration.cancel();
    return closedLater(listener.accept());
  }

  final void finishConnect(StreamSocket client) throws IOException {
    Watch watch = watch(client, Interest.WRITE);
    try {
      pollUntil(() -> watch.received(Interest.WRITE), "the end of a connect");
      assertThat(client.finishConnect()).isTrue();
    } finally {
      watch.registration.cancel();
    }
  }

  /** Connects to a closed port. */
  final SocketAddress refusingAddress() throws IOException {
    ListenerSocket listener = listener();
    SocketAddress address = listener.localAddress();
    listener.close();
    return address;
  }

  /** Makes closing the socket reset the connection. */
  static void reset(StreamSocket socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    socket.close();
  }

  /** Reads until the given number of bytes has arrived or the peer ends, polling as needed. */
  final byte[] readFully(StreamSocket socket, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    Watch watch = watch(socket, Interest.READ);
    try {
      while (target.hasRemaining()) {
        watch.forget();
        pollUntil(() -> watch.received(Interest.READ), "something to read");
        if (socket.read(target) < 0) {
          break;
        }
      }
    } finally {
      watch.registration.cancel();
    }
    byte[] bytes = new byte[target.position()];
    target.flip().get(bytes);
    return bytes;
  }

  /** A listener that records its events. */
  static final class Watch implements ReadinessListener {

    Registration registration;
    int count;
    int bits;

    @Override
    public void ready(int ready) {
      count++;
      bits |= ready;
    }

    boolean received(int interest) {
      return (bits & interest) == interest;
    }

    void forget() {
      count = 0;
      bits = 0;
    }
  }

  final Watch watch(PollableSocket socket, int interest) throws IOException {
    Watch watch = new Watch();
    watch.registration = poller().register(socket, interest, watch);
    return watch;
  }

  /** Polls until a condition holds. */
  final void pollUntil(BooleanSupplier condition, String what) throws IOException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        fail("did not see " + what);
      }
      poller().poll(PATIENCE_NANOS);
    }
  }
}
