package org.asyncio4j.tck.rules.sockets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Loopback;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.SocketLink;
import org.asyncio4j.tck.probe.UnixNetwork;

/** Chapter 20, part one: stream sockets for direct use. */
@Requires(Capability.SOCKETS)
final class SocketStreamRules {

  private static final int MEGABYTE = 1 << 20;

  private final LoopFixture fixture;
  private final Network network;
  private final EventLoop loop;

  SocketStreamRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.loop = fixture.loop();
  }

  /** Connects, and sends both ways. */
  @Rule("20.1")
  @Hint("Connect, then wait until the socket can be written to, and then check the outcome.")
  void dataGoesBothWays() {
    SocketLink link = network.connectSocket();
    link.peer().send("question");

    String heard =
        network.run(() -> {
          String text = link.receiveText(8);
          link.send("result");
          return text;
        });

    Expect.equal("what the loop receives", "question", heard);
    Expect.equal("what the peer receives", "result", link.peer().receiveText(6));
  }

  /** Sends nothing at first, and checks whether the loop continues in the meantime. */
  @Rule("20.2")
  @Hint("Suspend the task, and wake it when the socket is ready.")
  void aTaskWaitsForData() {
    SocketLink link = network.connectSocket();
    CompletableFuture<String> heard = network.begin(() -> link.receiveText(4));
    network.settle(3);
    Expect.that("a task must wait where nothing is to receive", !heard.isDone());

    link.peer().send("late");

    Expect.equal("what arrives", "late", network.await("the task must receive", heard));
  }

  /** Receives data that was sent at once, with a small buffer. */
  @Rule("20.3")
  @Hint("Read no more than fits.")
  void bytesThatDoNotFitAreReceivedNext() {
    SocketLink link = network.connectSocket();
    link.peer().send("abcdef");

    List<String> heard =
        network.run(() -> List.of(link.receiveText(2), link.receiveText(3), link.receiveText(1)));

    Expect.equal("what arrives", List.of("ab", "cde", "f"), heard);
  }

  /** Makes the peer end its stream. */
  @Rule("20.4")
  @Hint("Return -1, each time.")
  void theEndOfTheStreamIsReported() {
    SocketLink link = network.connectSocket();
    CompletableFuture<Integer> count =
        network.begin(() -> link.socket().receive(ByteBuffer.allocate(8)));

    link.peer().sendEof();

    Expect.equal("the result of receive", -1, network.await("receive must end", count));
    int again = network.run(() -> link.socket().receive(ByteBuffer.allocate(8)));
    Expect.equal("the result of the next receive", -1, again);
  }

  /** Sends a megabyte in each direction, at the same time, to a slow peer. */
  @Rule("20.5")
  @Hint(
      "Continue after the bytes that the system has taken; let one task receive while another"
          + " sends.")
  void muchDataIsSentBothWaysAtOnce() {
    SocketLink link = network.connectSocket();
    byte[] out = Flood.noise(8 * MEGABYTE);
    byte[] in = Flood.noise(MEGABYTE);
    CompletableFuture<Integer> sent =
        network.begin(() -> {
          ByteBuffer data = ByteBuffer.wrap(out);
          link.socket().sendAll(data);
          return data.position();
        });
    CompletableFuture<byte[]> received = network.begin(() -> link.receive(in.length));

    link.peer().sendInBackground(in);
    boolean intact = Arrays.equals(out, link.peer().receive(out.length));

    Expect.that("the bytes that the peer receives must be those that were sent", intact);
    Expect.equal("the position", out.length, network.await("sendAll must end", sent));
    Expect.that(
        "the bytes that the loop receives must be those that were sent",
        Arrays.equals(in, network.await("the task must receive", received)));
  }

  /** Connects to a port where nothing listens. */
  @Rule("20.6")
  @Hint("Check the error of the connect, and close the socket.")
  void aConnectThatFailsThrowsAndClosesTheSocket() throws IOException {
    InetSocketAddress nobody = Loopback.unusedAddress();

    String refusal =
        network.run(() -> {
          AsyncSocket socket = loop.openSocket(StandardProtocolFamily.INET);
          IOException failure =
              Expect.thrown(IOException.class, "connect", () -> socket.connect(nobody));
          Expect.that("a socket that could not be connected must be closed", !socket.isOpen());
          return String.valueOf(failure.getMessage());
        });

    Expect.mentions("the failure", refusal, String.valueOf(nobody.getPort()));
  }

  /** Connects by name. */
  @Rule("20.7")
  @Hint("Resolve an unresolved address by the loop's resolver.")
  void aNameIsResolved() throws IOException {
    ServerSocket listener = fixture.network().listen();
    loop.setNameResolution(
        loop.nameResolution().withResolver(_ -> List.of(Network.endpoint(1).getAddress())));

    network.run(() -> {
      try (AsyncSocket socket = loop.openSocket(StandardProtocolFamily.INET)) {
        socket.connect(
            InetSocketAddress.createUnresolved("somewhere.invalid", listener.getLocalPort()));
        return socket.isOpen();
      }
    });

    Peer _ = fixture.network().accept(listener);
  }

  /** Accepts connections, one that is waiting and one that comes later. */
  @Rule("20.8")
  @Hint("Try to accept, then wait until the socket can be read from.")
  void connectionsAreAccepted() throws IOException {
    AsyncServerSocket listener = bound();
    CompletableFuture<AsyncSocket> first = network.begin(listener::accept);
    Peer peer = network.connectTo((InetSocketAddress) listener.localAddress());

    AsyncSocket accepted = network.await("accept must return a connection", first);
    fixture.onClose(accepted::close);
    peer.send("hello");

    Expect.equal(
        "what the accepted socket receives",
        "hello",
        network.run(() -> {
          ByteBuffer bytes = ByteBuffer.allocate(5);
          while (bytes.hasRemaining()) {
            Expect.that("the stream must not end", accepted.receive(bytes) > 0);
          }
          return new String(bytes.array(), StandardCharsets.US_ASCII);
        }));
  }

  /** Ends the outgoing stream. */
  @Rule("20.9")
  @Hint("Shut down the output, and nothing else.")
  void shutdownOutputEndsOneDirection() {
    SocketLink link = network.connectSocket();

    network.perform(link.socket()::shutdownOutput);

    link.peer().expectEnd();
    link.peer().send("still here");
    Expect.equal("what arrives", "still here", network.run(() -> link.receiveText(10)));
  }

  /** Sets and reads an option, and reads the addresses. */
  @Rule("20.10")
  @Hint("Pass options and addresses through.")
  void optionsAndAddressesAreThoseOfTheSocket() {
    SocketLink link = network.connectSocket();

    network.perform(() -> {
      link.socket().setOption(StandardSocketOptions.TCP_NODELAY, true);
      Expect.equal("the option", true, link.socket().option(StandardSocketOptions.TCP_NODELAY));
      Expect.that("a connected socket must have a peer", link.socket().remoteAddress().isPresent());
      Expect.that(
          "a connected socket must have a local address",
          ((InetSocketAddress) link.socket().localAddress()).getPort() > 0);
    });
  }

  /** Connects to a Unix socket and accepts from another. */
  @Rule("20.11")
  @Hint("Pass the family to the driver.")
  @Requires(Capability.UNIX_STREAM)
  void unixSocketsWorkInTheSameWay() throws IOException {
    UnixNetwork unix = new UnixNetwork(fixture);
    ServerSocketChannel plain = unix.listen(5);
    Path there = unix.towards(unix.path());
    Path other = unix.path().resolveSibling("other");
    Path towardsOther = unix.towards(other);

    network.run(() -> {
      try (AsyncSocket socket = loop.openSocket(StandardProtocolFamily.UNIX)) {
        socket.connect(UnixDomainSocketAddress.of(there));
        socket.sendAll(ByteBuffer.wrap(Network.bytes("hello")));
        return true;
      }
    });
    SocketChannel accepted = unix.accept(plain);
    unix.expectText("hello", accepted);

    String heard =
        network.run(() -> {
          try (AsyncServerSocket listener = loop.openServerSocket(StandardProtocolFamily.UNIX);
              AsyncSocket client = loop.openSocket(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(other));
            Task<AsyncSocket> accepting = loop.createTask(listener::accept);
            client.connect(UnixDomainSocketAddress.of(towardsOther));
            try (AsyncSocket server = accepting.await()) {
              client.sendAll(ByteBuffer.wrap(Network.bytes("x")));
              ByteBuffer target = ByteBuffer.allocate(1);
              Expect.equal("the number of bytes", 1, server.receive(target));
              return String.valueOf((char) target.get(0));
            }
          }
        });
    Expect.equal("what arrives", "x", heard);
  }

  private AsyncServerSocket bound() {
    AsyncServerSocket listener =
        network.call(() -> {
          AsyncServerSocket opened = loop.openServerSocket(StandardProtocolFamily.INET);
          opened.bind(Network.endpoint(0));
          return opened;
        });
    fixture.onClose(listener::close);
    return listener;
  }
}
