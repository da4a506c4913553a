package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.tck.kit.TckSettings;
import org.jspecify.annotations.Nullable;

/**
 * The loop under test, running in the background, and its peers on the loopback: plain sockets of
 * the JDK, which wait with a time limit. The fixture closes them.
 */
public final class Network implements LoopCalls {

  /** The IPv4 loopback, as a literal. */
  public static final String HOST = "127.0.0.1";

  private static final int RETRY_MILLIS = 50;
  private static final int STANDSTILL_TICKS = 8;

  private final LoopFixture fixture;
  private final int patienceMillis;
  private @Nullable BackgroundLoop background;

  /**
   * Creates a network.
   *
   * @param fixture the fixture of the loop
   * @param settings how long its sockets wait
   */
  Network(LoopFixture fixture, TckSettings settings) {
    this.fixture = fixture;
    this.patienceMillis = Math.toIntExact(settings.patience().toMillis());
  }

  /**
   * Returns a port of {@link #HOST}.
   *
   * @param port the port
   * @return the address
   */
  @SuppressWarnings("AddressSelection") // a literal has one address
  public static InetSocketAddress endpoint(int port) {
    return new InetSocketAddress(HOST, port);
  }

  /** {@return the fixture of the loop} */
  LoopFixture fixture() {
    return fixture;
  }

  @Override
  public EventLoop loop() {
    return fixture.loop();
  }

  @Override
  public Patience patience() {
    return fixture.patience();
  }

  @Override
  public <T extends @Nullable Object> T call(Callable<T> body) {
    return running().call(body);
  }

  @Override
  public <T extends @Nullable Object> T run(Callable<T> body) {
    return running().run(body);
  }

  /** {@return the loop, running since the first call} */
  public BackgroundLoop running() {
    BackgroundLoop started = background;
    if (started == null) {
      started = fixture.start();
      background = started;
    }
    return started;
  }

  /**
   * {@return a plain listening socket on the loopback}
   *
   * @throws IOException if the system refuses, or the peer does
   */
  public ServerSocket listen() throws IOException {
    ServerSocket listener = fixture.closing(fixture.detour().listener(InetAddress.ofLiteral(HOST)));
    listener.setSoTimeout(patienceMillis);
    return listener;
  }

  /**
   * Accepts a connection by a plain socket.
   *
   * @param listener the listening socket
   * @return the connection
   * @throws IOException if the system refuses, or the peer does
   */
  public Peer accept(ServerSocket listener) throws IOException {
    try {
      return peer(listener.accept());
    } catch (SocketTimeoutException late) {
      throw new RuleViolation("the loop must connect, but nothing arrived in time", late);
    }
  }

  /**
   * Accepts a connection that is already waiting, by a plain socket.
   *
   * @param listener the listening socket
   * @return the connection, if there is one
   * @throws IOException if the system refuses, or the peer does
   */
  public Optional<Peer> acceptWaiting(ServerSocket listener) throws IOException {
    listener.setSoTimeout(1);
    try {
      return Optional.of(peer(listener.accept()));
    } catch (SocketTimeoutException none) {
      return Optional.empty();
    } finally {
      listener.setSoTimeout(patienceMillis);
    }
  }

  /**
   * Connects by a plain socket.
   *
   * @param server a server of the loop
   * @return the connection
   * @throws IOException if the system refuses, or the peer does
   */
  public Peer connectTo(Server server) throws IOException {
    return connectTo(addressOf(server));
  }

  /**
   * Connects by a plain socket.
   *
   * @param address the address
   * @return the connection
   * @throws IOException if the system refuses, or the peer does
   */
  public Peer connectTo(InetSocketAddress address) throws IOException {
    return connectDirectly(towards(address));
  }

  /**
   * Returns the address to connect to in order to reach a server, through faults in connections, if
   * there are any.
   *
   * @param server the address of the server
   * @return the address to connect to
   * @throws IOException if the system refuses
   */
  public InetSocketAddress towards(InetSocketAddress server) throws IOException {
    return (InetSocketAddress) fixture.detour().towards(server);
  }

  /**
   * Returns how to connect a loop to a server of a loop.
   *
   * @param server a server of one socket
   * @return the options
   */
  public ConnectOptions to(Server server) {
    try {
      return ConnectOptions.to(HOST, towards(addressOf(server)).getPort());
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private Peer connectDirectly(InetSocketAddress address) throws IOException {
    Socket socket = fixture.closing(new Socket());
    fixture.detour().prepare(socket);
    socket.connect(address, patienceMillis);
    return peer(socket);
  }

  /**
   * Connects by a plain socket while many others connect. If the backlog is full, the system drops
   * the attempt and repeats it a second later; this method repeats it earlier.
   *
   * @param address the address
   * @return the connection
   * @throws IOException if the system refuses, or the peer does
   */
  public Peer connectAmongMany(InetSocketAddress address) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    while (System.nanoTime() - deadline < 0) {
      Socket socket = fixture.closing(new Socket());
      try {
        socket.connect(address, RETRY_MILLIS);
        return peer(socket);
      } catch (SocketTimeoutException dropped) {
        socket.close();
      }
    }
    throw new SocketTimeoutException("the loop must accept, but did not in time");
  }

  /**
   * Returns how to connect the loop to a plain socket.
   *
   * @param listener the plain socket
   * @return the options
   */
  public static ConnectOptions to(ServerSocket listener) {
    return ConnectOptions.to(HOST, listener.getLocalPort());
  }

  /**
   * Connects the loop to a plain socket, in a task.
   *
   * @param listener the plain socket
   * @param protocol the protocol of the connection
   * @return the transport
   */
  public Transport connect(ServerSocket listener, StreamProtocol protocol) {
    return run(() -> loop().createConnection(() -> protocol, to(listener)).transport());
  }

  /**
   * Connects the loop to a plain socket.
   *
   * @param protocol the protocol of the loop's end
   * @return both ends
   */
  public Link connect(StreamProtocol protocol) {
    EventLoop loop = loop();
    return dial(address -> loop.createConnection(() -> protocol, address).transport(), Link::new);
  }

  /**
   * Connects by streams, which stay open unless the rule closes them.
   *
   * @param options how they behave
   * @return both ends
   */
  public StreamLink open(StreamOptions options) {
    StreamLink link = dial(address -> Asyncio.openConnection(address, options), StreamLink::new);
    fixture.onClose(link.streams()::close);
    return link;
  }

  /**
   * Connects a socket for direct use, which is closed at the end.
   *
   * @return both ends
   */
  public SocketLink connectSocket() {
    SocketLink link = dial(this::connectSocket, SocketLink::new);
    fixture.onClose(link.socket()::close);
    return link;
  }

  private AsyncSocket connectSocket(ConnectOptions address) throws IOException {
    AsyncSocket socket = loop().openSocket(StandardProtocolFamily.INET);
    socket.connect(endpoint(address.port()));
    return socket;
  }

  private interface Dialling<T> {
    T dial(ConnectOptions address) throws IOException;
  }

  private <T, L> L dial(Dialling<T> dialling, BiFunction<T, Peer, L> link) {
    try (ServerSocket listener = listen()) {
      T end = run(() -> dialling.dial(to(listener)));
      return link.apply(end, accept(listener));
    } catch (IOException failure) {
      throw new RuleViolation("a loop must connect to a plain socket but: " + failure, failure);
    }
  }

  /**
   * Waits until data that a peer sends in the background makes no progress any more, although the
   * loop had its turns, or is sent completely.
   *
   * @param peer the peer
   */
  public void awaitStandstill(Peer peer) {
    long before;
    do {
      peer.awaitStandstill();
      before = peer.sent();
      settle(STANDSTILL_TICKS);
      peer.awaitStandstill();
    } while (peer.sent() > before);
  }

  /**
   * Creates a server on the loopback, in a task.
   *
   * @param factory makes the protocols
   * @return the server
   */
  public Server serve(Supplier<? extends StreamProtocol> factory) {
    return serve(factory, ServerOptions.on(HOST, 0));
  }

  /**
   * Creates a server, in a task.
   *
   * @param factory makes the protocols
   * @param options where and how to serve
   * @return the server
   */
  public Server serve(Supplier<? extends StreamProtocol> factory, ServerOptions options) {
    return run(() -> loop().createServer(factory, options));
  }

  /**
   * Returns the only address of a server.
   *
   * @param server a server of one socket
   * @return its address
   */
  public InetSocketAddress addressOf(Server server) {
    List<TransportSocket> sockets = call(server::sockets);
    Expect.equal("the number of sockets of a server on one address", 1, sockets.size());
    return (InetSocketAddress) sockets.getFirst().localAddress();
  }

  /**
   * Returns text as bytes.
   *
   * @param text the text, of ASCII characters
   * @return the bytes
   */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Expects that nothing listens on an address.
   *
   * @param address the address
   * @throws IOException if the system refuses, or the peer does
   */
  public void expectRefusal(InetSocketAddress address) throws IOException {
    ConnectException ignored =
        Expect.thrown(
            ConnectException.class,
            "connecting to " + address,
            () -> connectDirectly(address).close());
  }

  private Peer peer(Socket socket) throws IOException {
    return fixture.closing(new Peer(socket, fixture.settings()));
  }
}
