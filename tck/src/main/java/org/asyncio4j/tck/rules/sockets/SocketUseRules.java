package org.asyncio4j.tck.rules.sockets;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Datagrams;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.HookLog;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.SocketLink;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 20, part four: datagrams, and sockets that become connections and servers. */
@Requires(Capability.SOCKETS)
final class SocketUseRules {

  private final LoopFixture fixture;
  private final Network network;
  private final EventLoop loop;
  private final Trace trace = new Trace();
  private final ProbeProtocol protocol = new ProbeProtocol(trace);

  SocketUseRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
    this.loop = fixture.loop();
  }

  /** Exchanges datagrams with a plain socket. */
  @Rule("20.25")
  @Hint("Try to receive, then wait until the socket can be read from.")
  @Requires(Capability.UDP)
  void datagramsAreExchanged() throws IOException {
    AsyncDatagramSocket socket = datagrams();
    DatagramSocket peer = fixture.closing(new DatagramSocket(Network.endpoint(0)));
    peer.setSoTimeout(Math.toIntExact(fixture.settings().patience().toMillis()));
    InetSocketAddress peerAddress = (InetSocketAddress) peer.getLocalSocketAddress();

    network.run(() -> {
      socket.sendTo(ByteBuffer.wrap(Network.bytes("question")), peerAddress);
      return true;
    });
    InetSocketAddress from = Datagrams.expectText("question", peer);
    Expect.equal("the sender", socket.localAddress(), from);
    ByteBuffer target = ByteBuffer.allocate(16);
    CompletableFuture<SocketAddress> sender = network.begin(() -> socket.receiveFrom(target));
    Datagrams.send("result", peer, from);

    Expect.equal("the sender", peerAddress, network.await("a datagram must arrive", sender));
    Expect.equal("the datagram", "result", text(target));
  }

  /** Cancels a task that waits for a datagram, and receives in another. */
  @Rule("20.26")
  @Hint("Receive in the task, when it resumes, and not before.")
  @Requires(Capability.UDP)
  void aCancelledReceiveLosesNoDatagram() throws IOException {
    AsyncDatagramSocket socket = datagrams();
    ByteBuffer target = ByteBuffer.allocate(16);
    CompletableFuture<SocketAddress> waiting = network.begin(() -> socket.receiveFrom(target));
    boolean ignored = waiting.cancel(true);
    network.settle(3);
    DatagramSocket peer = fixture.closing(new DatagramSocket(Network.endpoint(0)));
    Datagrams.send("kept", peer, (InetSocketAddress) socket.localAddress());

    SocketAddress from = network.run(() -> socket.receiveFrom(target));

    Expect.equal("the sender", peer.getLocalSocketAddress(), from);
    Expect.equal("the datagram", "kept", text(target));
  }

  /** Makes a connection from a socket that has already received data, and then uses the socket. */
  @Rule("20.27")
  @Hint("Pass the driver's socket to `makeSocketTransport`, and refuse the old one.")
  void aSocketBecomesAConnection() {
    SocketLink link = network.connectSocket();
    link.peer().send("plain");
    HookLog hooks = HookLog.of(loop);

    Transport transport =
        network.run(() -> {
          Expect.equal("what the socket receives", "plain", link.receiveText(5));
          Transport made = loop.createConnection(() -> protocol, link.socket()).transport();
          IllegalStateException _ =
              Expect.thrown(
                  IllegalStateException.class,
                  "receive on a socket of a transport",
                  () -> link.socket().receive(ByteBuffer.allocate(1)));
          link.socket().close();
          return made;
        });
    link.peer().send("more");
    fixture.patience().until("data must arrive", () -> protocol.received().equals("more"));
    network.perform(() -> transport.write(Network.bytes("result")));

    Expect.equal("what the peer receives", "result", link.peer().receiveText(6));
    Expect.equal("how often detachSocket is called", 1, hooks.callsOf("detachSocket").size());
    Expect.equal(
        "how often makeSocketTransport is called", 1, hooks.callsOf("makeSocketTransport").size());
    network.perform(transport::close);
    link.peer().expectEnd();
  }

  /** Tries to make a connection from a socket for which a task waits. */
  @Rule("20.28")
  @Hint("Check for tasks before the socket is taken over.")
  void aSocketInUseCannotBecomeAConnection() {
    SocketLink link = network.connectSocket();
    CompletableFuture<String> reading = network.begin(() -> link.receiveText(4));

    network.run(() ->
        Expect.thrown(
            IllegalStateException.class,
            "createConnection with a socket in use",
            () -> loop.createConnection(() -> protocol, link.socket()).transport().close()));
    link.peer().send("mine");

    Expect.equal("what arrives", "mine", network.await("the task must receive", reading));
    trace.expect("the calls of the protocol");
  }

  /** Tries to make a connection from a socket that is not connected. */
  @Rule("20.29")
  @Hint("Record whether the socket was connected.")
  void aSocketWithoutAPeerCannotBecomeAConnection() {
    network.run(() -> {
      try (AsyncSocket socket = loop.openSocket(StandardProtocolFamily.INET)) {
        IllegalStateException refusal =
            Expect.thrown(
                IllegalStateException.class,
                "createConnection with a socket that is not connected",
                () -> loop.createConnection(() -> protocol, socket).transport().close());
        Expect.mentions("the refusal", refusal.getMessage(), "connect");
        Expect.that("the socket must stay open", socket.isOpen());
        return true;
      }
    });
    trace.expect("the calls of the protocol");
  }

  /** Makes a connection from an accepted socket. */
  @Rule("20.30")
  @Hint("Pass the driver's socket to `makeSocketTransport`.")
  void anAcceptedSocketBecomesAConnection() throws IOException {
    AsyncServerSocket listener = bound();
    var peer = network.connectTo((InetSocketAddress) listener.localAddress());

    Transport transport =
        network.run(
            () -> loop.connectAcceptedSocket(EchoProtocol::new, listener.accept()).transport());
    peer.send("echo");

    peer.expectText("echo");
    network.perform(transport::close);
    network.perform(listener::close);
  }

  /** Makes a server from a listening socket. */
  @Rule("20.31")
  @Hint("Pass the driver's socket to `startServing`, and refuse the old one.")
  void aListeningSocketBecomesAServer() throws IOException {
    AsyncServerSocket listener = bound();
    InetSocketAddress address = (InetSocketAddress) listener.localAddress();

    Server server = network.run(() -> loop.createServer(EchoProtocol::new, listener));
    var peer = network.connectTo(address);
    peer.send("echo");
    peer.expectText("echo");
    network.run(() ->
        Expect.thrown(
            IllegalStateException.class, "accept on a socket of a server", listener::accept));
    peer.close();
    network.perform(server::close);

    network.expectRefusal(address);
  }

  private AsyncDatagramSocket datagrams() {
    AsyncDatagramSocket socket =
        network.call(() -> {
          AsyncDatagramSocket opened = loop.openDatagramSocket(StandardProtocolFamily.INET);
          opened.bind(Network.endpoint(0));
          return opened;
        });
    fixture.onClose(socket::close);
    return socket;
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

  private static String text(ByteBuffer received) {
    return StandardCharsets.US_ASCII.decode(received.flip()).toString();
  }
}
