package org.asyncio4j.tck.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.tck.kit.TckSettings;
import org.jspecify.annotations.Nullable;

/**
 * The loop under test, running in the background, and its peers on the loopback: plain sockets of
 * the JDK, which wait with a time limit. The fixture closes them.
 */
public final class Network {

  /** The IPv4 loopback, as a literal. */
  public static final String HOST = "127.0.0.1";

  private static final int RETRY_MILLIS = 50;

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

  /** {@return the loop} */
  public EventLoop loop() {
    return fixture.loop();
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
  public Socket accept(ServerSocket listener) throws IOException {
    try {
      return timed(listener.accept());
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
  public Optional<Socket> acceptWaiting(ServerSocket listener) throws IOException {
    listener.setSoTimeout(1);
    try {
      return Optional.of(timed(listener.accept()));
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
  public Socket connectTo(Server server) throws IOException {
    return connectTo(addressOf(server));
  }

  /**
   * Connects by a plain socket.
   *
   * @param address the address
   * @return the connection
   * @throws IOException if the system refuses, or the peer does
   */
  public Socket connectTo(InetSocketAddress address) throws IOException {
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

  private Socket connectDirectly(InetSocketAddress address) throws IOException {
    Socket socket = timed(new Socket());
    fixture.detour().prepare(socket);
    socket.connect(address, patienceMillis);
    return socket;
  }

  /**
   * Connects by a plain socket while many others connect. If the backlog is full, the system drops
   * the attempt and repeats it a second later; this method repeats it earlier.
   *
   * @param address the address
   * @return the connection
   * @throws IOException if the system refuses, or the peer does
   */
  public Socket connectAmongMany(InetSocketAddress address) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    while (System.nanoTime() - deadline < 0) {
      Socket socket = timed(new Socket());
      try {
        socket.connect(address, RETRY_MILLIS);
        return socket;
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
    return running().run(() -> loop().createConnection(() -> protocol, to(listener)).transport());
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
    return running().run(() -> loop().createServer(factory, options));
  }

  /**
   * Returns the only address of a server.
   *
   * @param server a server of one socket
   * @return its address
   */
  public InetSocketAddress addressOf(Server server) {
    List<TransportSocket> sockets = running().call(server::sockets);
    Expect.equal("the number of sockets of a server on one address", 1, sockets.size());
    return (InetSocketAddress) sockets.getFirst().localAddress();
  }

  /**
   * Expects the loop to end a connection, in any way.
   *
   * @param what names the connection
   * @param peer its plain end
   * @throws IOException if the system refuses, or the peer does
   */
  public void expectEnd(String what, Socket peer) throws IOException {
    try {
      long ignored = peer.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketTimeoutException late) {
      throw new RuleViolation(what + " must be closed, but is still open", late);
    } catch (SocketException reset) {
      return;
    }
  }

  /**
   * Expects text to arrive.
   *
   * @param expected the text
   * @param peer the socket that must receive it
   * @throws IOException if the system refuses, or the peer does
   */
  public void expectText(String expected, Socket peer) throws IOException {
    try {
      byte[] bytes = peer.getInputStream().readNBytes(expected.length());
      Expect.equal("what arrives", expected, new String(bytes, StandardCharsets.US_ASCII));
    } catch (SocketTimeoutException | EOFException late) {
      throw new RuleViolation("'%s' must arrive, but did not".formatted(expected), late);
    }
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
   * Sends text.
   *
   * @param text the text
   * @param peer the sending socket
   * @throws IOException if the system refuses, or the peer does
   */
  public void send(String text, Socket peer) throws IOException {
    peer.getOutputStream().write(bytes(text));
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

  /**
   * Ends a connection by a reset.
   *
   * @param peer the connection
   * @throws IOException if the system refuses, or the peer does
   */
  public static void reset(Socket peer) throws IOException {
    peer.setSoLinger(true, 0);
    peer.close();
  }

  /**
   * {@return a free address of the loopback, with a port that the system chose}
   *
   * @throws IOException if the system refuses, or the peer does
   */
  public static InetSocketAddress unusedAddress() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
      return (InetSocketAddress) closed.getLocalSocketAddress();
    }
  }

  /** {@return whether the loopback of IPv6 can be used} */
  public static boolean hasIpv6() {
    try (ServerSocket _ = new ServerSocket(0, 1, ipv6())) {
      return true;
    } catch (IOException unavailable) {
      return false;
    }
  }

  /**
   * {@return the loopback of IPv6}
   *
   * @throws UnknownHostException if the system refuses, or the peer does
   */
  public static InetAddress ipv6() throws UnknownHostException {
    byte[] address = new byte[16];
    address[15] = 1;
    return Inet6Address.getByAddress(address);
  }

  private Socket timed(Socket socket) throws IOException {
    socket.setSoTimeout(patienceMillis);
    return fixture.closing(socket);
  }
}
