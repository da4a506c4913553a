package org.asyncio4j.tck.rules.threads;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.stream.ClientHandler;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.BackgroundLoop;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.ForeignCalls;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Peer;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.jspecify.annotations.Nullable;

/** Chapter 3, part four: connections and servers on a foreign thread. */
final class ForeignTransportRules {

  private final LoopFixture fixture;
  private final Network network;
  private final ProbeProtocol protocol = new ProbeProtocol();
  private @Nullable ForeignCalls foreign;

  ForeignTransportRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Calls all methods of a transport that change something from foreign threads. */
  @Rule("3.21")
  @Hint("Begin each of them with `RunningLoop.ensureOwner`.")
  @Requires(Capability.TCP_CLIENT)
  void foreignThreadsMayNotUseATransport() throws IOException {
    ServerSocket listener = network.listen();
    Transport transport = network.connect(listener, protocol);
    Peer peer = network.accept(listener);
    Map<String, ThrowingRunnable<Exception>> calls = changes(transport);
    if (transport.canWriteEof()) {
      calls.put("writeEof", transport::writeEof);
    }

    foreign().expectRefused(calls);

    expectUnharmed(transport);
    network.perform(() -> transport.write(Network.bytes("allowed")));
    peer.expectText("allowed");
    network.perform(transport::close);
    peer.expectClosed("a connection that its owner has closed");
    foreign().expectRefused(calls);
  }

  /** Queries a transport and a server from foreign threads. */
  @Rule("3.22")
  @Hint("Allow any thread; these methods only query state.")
  @Requires({Capability.TCP_CLIENT, Capability.TCP_SERVER})
  void foreignThreadsMayQueryATransportAndAServer() {
    Server server = network.serve(EchoProtocol::new);
    ConnectOptions place = network.to(server);
    Transport transport =
        network.run(() -> network.loop().createConnection(() -> protocol, place)).transport();
    Map<String, ThrowingRunnable<Exception>> calls = new LinkedHashMap<>();
    calls.put("isClosing", () -> Expect.that("it is open", !transport.isClosing()));
    calls.put("isReading", () -> Expect.that("it reads", transport.isReading()));
    calls.put("protocol", () -> Expect.same("the protocol", protocol, transport.protocol()));
    for (ExtraInfo<?> key :
        List.of(ExtraInfo.SOCKET, ExtraInfo.SOCKNAME, ExtraInfo.PEERNAME, ExtraInfo.SSL_SESSION)) {
      calls.put("extraInfo of " + key, () -> transport.extraInfo(key));
    }
    calls.put(
        "the addresses",
        () -> expectText(transport.extraInfo(ExtraInfo.SOCKET).orElseThrow().localAddress()));
    calls.put("canWriteEof", transport::canWriteEof);
    calls.put("writeBufferSize", transport::writeBufferSize);
    calls.put("writeBufferLimits", transport::writeBufferLimits);
    calls.put("toString", () -> expectText(transport));
    calls.put("port", () -> Expect.that("it has a port", server.port() > 0));
    calls.put("isServing", () -> Expect.that("it serves", server.isServing()));
    calls.put("toString of a server", () -> expectText(server));

    foreign().expectAllowed(calls);

    network.perform(() -> {
      server.close();
      server.closeClients();
    });
  }

  /** Calls the methods of streams from foreign threads, while data is available. */
  @Rule("3.23")
  @Hint("See 3.21; the streams check with their loop.")
  @Requires(Capability.TCP_CLIENT)
  void foreignThreadsMayNotUseStreams() throws IOException {
    ServerSocket listener = network.listen();
    StreamConnection streams = network.run(() -> Asyncio.openConnection(Network.to(listener)));
    Peer peer = network.accept(listener);
    peer.send("one\ntwo\n");
    Expect.equal(
        "the first line",
        Optional.of("one"),
        network.run(() -> streams.reader().readTextLine(US_ASCII)));

    foreign().expectRefused(reads(streams.reader()));
    foreign().expectRefused(writes(streams.writer()));

    Expect.equal(
        "the second line",
        Optional.of("two"),
        network.run(() -> streams.reader().readTextLine(US_ASCII)));
    network.perform(() -> streams.writer().write("allowed", US_ASCII));
    peer.expectText("allowed");
    network.perform(streams::close);
    peer.expectClosed("a connection that its owner has closed");
    foreign().expectRefused(writes(streams.writer()));
  }

  /**
   * Makes foreign threads close the streams of two clients. The handler of the first continues and
   * closes them itself; the second client is gone.
   */
  @Rule("3.32")
  @Hint(
      "Refuse the call before anything is changed, such as the record of which side closed first.")
  @Requires(Capability.TCP_SERVER)
  void aRefusedForeignCloseOfStreamsChangesNothing() throws IOException {
    BlockingQueue<StreamWriter> served = new LinkedBlockingQueue<>();
    CountDownLatch cancelled = new CountDownLatch(1);
    ClientHandler handler =
        (reader, writer) -> {
          served.add(writer);
          try (writer) {
            byte[] line = reader.readLine();
            writer.write(line);
            if (new String(line, US_ASCII).equals("stay\n")) {
              boolean ignored = network.loop().<Boolean>createFuture().await();
            }
          } catch (CancelledError gone) {
            cancelled.countDown();
            throw gone;
          }
        };
    StreamOptions cancelling = StreamOptions.defaults().withCancelOnDisconnect(true);
    Server server =
        network.run(
            () -> Asyncio.startServer(handler, ServerOptions.on(Network.HOST, 0), cancelling));
    Peer first = network.connectTo(server);
    foreign().expectRefused(Map.of("close", next(served)::close));
    first.send("allowed\n");
    first.expectText("allowed\n");
    first.expectClosed("a connection whose handler has closed it");

    Peer second = network.connectTo(server);
    second.send("stay\n");
    second.expectText("stay\n");
    foreign().expectRefused(Map.of("close", next(served)::close));
    second.reset();
    fixture.patience().await("the handler of a client that is gone must be cancelled", cancelled);
  }

  /**
   * Calls the methods of a server that change something from foreign threads: of one that serves,
   * one that is closed and has a connection, and one that has none.
   */
  @Rule("3.25")
  @Hint(
      "See 3.21; check the thread before anything else. The server is the framework's unless a loop"
          + " has its own.")
  @Requires(Capability.TCP_SERVER)
  void foreignThreadsMayNotUseAServer() throws IOException {
    Server server = network.serve(EchoProtocol::new);
    Map<String, ThrowingRunnable<Exception>> calls = new LinkedHashMap<>();
    calls.put("startServing", server::startServing);
    calls.put("serveForever", server::serveForever);
    calls.put("close", server::close);
    calls.put("closeClients", server::closeClients);
    calls.put("abortClients", server::abortClients);
    calls.put("waitClosed", server::waitClosed);

    foreign().expectRefused(calls);

    Expect.that("a server must continue to serve", network.call(server::isServing));
    Peer peer = network.connectTo(server);
    expectEcho(peer);
    network.perform(server::close);
    foreign().expectRefused(calls);
    expectEcho(peer);
    network.perform(server::abortClients);
    peer.expectClosed("a connection that was aborted");
    network.runTask(server::waitClosed);
    foreign().expectRefused(calls);
  }

  /**
   * Writes to a transport between two runs of the loop, on a thread without a loop and on that of
   * another loop.
   */
  @Rule("3.28")
  @Hint("A loop that does not run must accept any thread.")
  @Requires(Capability.TCP_CLIENT)
  void anyThreadMayUseATransportWhileTheLoopDoesNotRun() throws IOException {
    EventLoop loop = fixture.loop();
    ServerSocket listener = network.listen();
    Transport transport =
        fixture.run(() -> loop.createConnection(() -> protocol, Network.to(listener)).transport());
    Peer peer = network.accept(listener);

    transport.pauseReading();
    transport.write(Network.bytes("between"));
    fixture.tick();
    peer.expectText("between");
    BackgroundLoop other = fixture.start(fixture.openLoop());
    other.runTask(() -> transport.write(Network.bytes("elsewhere")));
    fixture.tick();
    peer.expectText("elsewhere");
    other.perform(transport::resumeReading);
    transport.close();

    fixture.tick();
    peer.expectClosed("a connection that was closed between two runs");
  }

  /** Calls all methods of a TLS transport that change something from foreign threads. */
  @Rule("3.29")
  @Hint("See 3.21.")
  @Requires({Capability.TCP_CLIENT, Capability.TCP_SERVER, Capability.TLS})
  void foreignThreadsMayNotUseATlsTransport() {
    TlsLinks links = new TlsLinks(network);
    Transport transport = links.connect(protocol, new EchoProtocol());

    foreign().expectRefused(changes(transport));

    expectUnharmed(transport);
    network.perform(() -> transport.write(Network.bytes("allowed")));
    fixture.patience().until("the echo must arrive", () -> protocol.received().equals("allowed"));
    network.perform(transport::close);
    fixture.patience().await("the connection must be lost", protocol.lost());
    foreign().expectRefused(changes(transport));
  }

  private StreamWriter next(BlockingQueue<StreamWriter> served) {
    fixture.patience().until("a client must be served", () -> !served.isEmpty());
    return served.remove();
  }

  private void expectEcho(Peer peer) throws IOException {
    peer.send("echo");
    peer.expectText("echo");
  }

  private static void expectText(Object described) {
    Expect.that("it must be described", !described.toString().isEmpty());
  }

  private ForeignCalls foreign() {
    ForeignCalls calls = foreign;
    if (calls == null) {
      calls = new ForeignCalls(fixture, network.running());
      foreign = calls;
    }
    return calls;
  }

  private Map<String, ThrowingRunnable<Exception>> changes(Transport transport) {
    WriteBufferLimits limits = new WriteBufferLimits(1, 2);
    Map<String, ThrowingRunnable<Exception>> calls = new LinkedHashMap<>();
    calls.put("write", () -> transport.write(Network.bytes("refused")));
    calls.put("writeLines", () -> transport.writeLines(List.of(ByteBuffer.allocate(1))));
    calls.put("pauseReading", transport::pauseReading);
    calls.put("resumeReading", transport::resumeReading);
    calls.put("setWriteBufferLimits", () -> transport.setWriteBufferLimits(limits));
    calls.put("setProtocol", () -> transport.setProtocol(new EchoProtocol()));
    calls.put("close", transport::close);
    calls.put("abort", transport::abort);
    return calls;
  }

  private void expectUnharmed(Transport transport) {
    network.perform(() -> {
      Expect.that("a transport must stay open", !transport.isClosing());
      Expect.that("a transport must continue to read", transport.isReading());
      Expect.same("the protocol", protocol, transport.protocol());
      Expect.that("the limits must stay", transport.writeBufferLimits().highBytes() != 2);
    });
  }

  private static Map<String, ThrowingRunnable<Exception>> reads(StreamReader reader) {
    Map<String, ThrowingRunnable<Exception>> calls = new LinkedHashMap<>();
    calls.put("read", () -> reader.read(1));
    calls.put("read into a buffer", () -> reader.read(ByteBuffer.allocate(1)));
    calls.put("readAll", reader::readAll);
    calls.put("readExactly", () -> reader.readExactly(1));
    calls.put("readLine", reader::readLine);
    calls.put("readTextLine", () -> reader.readTextLine(US_ASCII));
    calls.put("readUntil", () -> reader.readUntil(Network.bytes("w")));
    return calls;
  }

  private static Map<String, ThrowingRunnable<Exception>> writes(StreamWriter writer) {
    Map<String, ThrowingRunnable<Exception>> calls = new LinkedHashMap<>();
    calls.put("write", () -> writer.write(Network.bytes("refused")));
    calls.put("write of a buffer", () -> writer.write(ByteBuffer.allocate(1)));
    calls.put("write of text", () -> writer.write("refused", US_ASCII));
    calls.put("writeLines", () -> writer.writeLines(List.of(ByteBuffer.allocate(1))));
    if (writer.canWriteEof()) {
      calls.put("writeEof", writer::writeEof);
    }
    calls.put("drain", writer::drain);
    calls.put("startTls", () -> writer.startTls(TlsOptions.defaults()));
    calls.put("waitClosed", writer::waitClosed);
    calls.put("close", writer::close);
    return calls;
  }
}
