package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The other ends of Unix sockets: plain channels of the JDK. The fixture closes them. */
public final class UnixNetwork {

  private static final int MANY = 64;

  private final LoopFixture fixture;
  private final Path directory;

  /**
   * Creates a network with a directory of its own.
   *
   * @param fixture closes what it opens
   */
  public UnixNetwork(LoopFixture fixture) {
    this.fixture = fixture;
    try {
      directory = Files.createTempDirectory("tck");
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
    AutoCloseable clearing = this::clear;
    AutoCloseable _ = fixture.closing(clearing);
  }

  /** {@return a path that a socket can be bound to} */
  public Path path() {
    return directory.resolve("socket");
  }

  /**
   * Returns the path to connect to in order to reach a server, through faults in connections, if
   * there are any.
   *
   * @param server the path of the server
   * @return the path to connect to
   * @throws IOException if the system refuses
   */
  public Path towards(Path server) throws IOException {
    SocketAddress there = fixture.detour().towards(UnixDomainSocketAddress.of(server));
    return ((UnixDomainSocketAddress) there).getPath();
  }

  /**
   * {@return a plain listener on {@link #path()}}
   *
   * @param backlog how many connections may wait
   * @throws IOException if the system refuses
   */
  public ServerSocketChannel listen(int backlog) throws IOException {
    ServerSocketChannel listener =
        fixture.closing(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
    listener.bind(UnixDomainSocketAddress.of(path()), backlog).configureBlocking(false);
    return listener;
  }

  /**
   * Connects plain channels to a listener until its backlog is full, without a relay.
   *
   * @return the channels that wait to be accepted
   * @throws IOException if the system refuses
   * @throws NotApplicableException if the system takes very many connections, or refuses those that
   *     do not fit
   */
  public List<SocketChannel> fill() throws IOException {
    List<SocketChannel> waiting = new ArrayList<>();
    while (waiting.size() < MANY) {
      SocketChannel peer = fixture.closing(SocketChannel.open(StandardProtocolFamily.UNIX));
      peer.configureBlocking(false);
      try {
        if (!peer.connect(UnixDomainSocketAddress.of(path()))) {
          peer.close();
          return waiting;
        }
      } catch (IOException refused) {
        peer.close();
        if (String.valueOf(refused.getMessage()).contains("temporarily unavailable")) {
          return waiting; // EAGAIN
        }
        throw fixture.notApplicable("the system refuses connections that do not fit a backlog");
      }
      waiting.add(peer);
    }
    throw fixture.notApplicable("the system has backlogs that cannot be filled");
  }

  /**
   * Accepts a connection of the loop by a plain channel.
   *
   * @param listener the listener
   * @return the connection
   */
  public SocketChannel accept(ServerSocketChannel listener) {
    List<SocketChannel> accepted = new ArrayList<>();
    fixture
        .patience()
        .until(
            "the loop must connect", () -> !accepted.isEmpty() || accepted.addAll(next(listener)));
    return accepted.getFirst();
  }

  /**
   * Accepts a connection that waits, if there is one.
   *
   * @param listener the listener
   * @return the connection, if there is one
   */
  public List<SocketChannel> next(ServerSocketChannel listener) {
    try {
      SocketChannel accepted = listener.accept();
      if (accepted == null) {
        return List.of();
      }
      accepted.configureBlocking(false);
      return List.of(fixture.closing(accepted));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Connects a plain channel to the listener on {@link #path()}.
   *
   * @return the connection
   * @throws IOException if nothing listens
   */
  public SocketChannel connect() throws IOException {
    SocketChannel peer = fixture.closing(SocketChannel.open(StandardProtocolFamily.UNIX));
    peer.connect(UnixDomainSocketAddress.of(towards(path())));
    peer.configureBlocking(false);
    return peer;
  }

  /**
   * Sends text.
   *
   * @param text the text, short enough to be taken at once
   * @param peer the sending channel
   * @throws IOException if the connection was lost
   */
  public void send(String text, SocketChannel peer) throws IOException {
    ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
    int taken = peer.write(bytes);
    Expect.equal("the number of bytes that the system takes", text.length(), taken);
  }

  /**
   * Expects text to arrive.
   *
   * @param expected the text
   * @param peer the receiving channel
   */
  public void expectText(String expected, SocketChannel peer) {
    ByteBuffer bytes = ByteBuffer.allocate(expected.length());
    fixture
        .patience()
        .until(
            "'%s' must arrive".formatted(expected),
            () -> read(peer, bytes) >= 0 && !bytes.hasRemaining());
    Expect.equal("what arrives", expected, new String(bytes.array(), StandardCharsets.US_ASCII));
  }

  /**
   * Expects the stream from the loop to end.
   *
   * @param peer the receiving channel
   */
  public void expectEnd(SocketChannel peer) {
    fixture.patience().until("the stream must end", () -> read(peer, ByteBuffer.allocate(1)) < 0);
  }

  private static int read(SocketChannel peer, ByteBuffer target) {
    try {
      return peer.read(target);
    } catch (IOException reset) {
      return -1;
    }
  }

  private void clear() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory);
  }
}
