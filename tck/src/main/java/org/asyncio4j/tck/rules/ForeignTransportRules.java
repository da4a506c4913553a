package org.asyncio4j.tck.rules;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.EchoProtocol;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.ForeignCalls;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.TlsLinks;
import org.asyncio4j.tck.probe.Trace;

/** Chapter 3, part four: connections and servers on a foreign thread. */
final class ForeignTransportRules {

  private final LoopFixture fixture;
  private final Network network;
  private final ProbeProtocol protocol = new ProbeProtocol(new Trace());

  ForeignTransportRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Calls all methods of a transport that change something from foreign threads.
   *
   * <p>If it fails: begin each of them with {@code LoopsHere.ensureOwner}.
   */
  @Rule("3.21")
  @Requires(Capability.TCP_CLIENT)
  void foreignThreadsMayNotUseATransport() throws IOException {
    ServerSocket listener = network.listen();
    Transport transport = network.connect(listener, protocol);
    Socket peer = network.accept(listener);
    Map<String, ThrowingRunnable<Exception>> calls = changes(transport);
    if (transport.canWriteEof()) {
      calls.put("writeEof", transport::writeEof);
    }

    foreign().expectRefused(calls);

    expectUnharmed(transport);
    network.running().perform(() -> transport.write(Network.bytes("allowed")));
    network.expectText("allowed", peer);
    network.running().perform(transport::close);
  }

  /**
   * Asks a transport and a server what they know from foreign threads.
   *
   * <p>If it fails: these methods only look.
   */
  @Rule("3.22")
  @Requires({Capability.TCP_CLIENT, Capability.TCP_SERVER})
  void foreignThreadsMayAskATransportAndAServer() {
    Server server = network.serve(EchoProtocol::new);
    ConnectOptions place = network.to(server);
    Transport transport =
        network
            .running()
            .run(() -> network.loop().createConnection(() -> protocol, place))
            .transport();
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

    network
        .running()
        .perform(() -> {
          server.close();
          server.closeClients();
        });
  }

  /**
   * Calls the methods of streams from foreign threads, while there is something to be read.
   *
   * <p>If it fails: see 3.21; the streams ask their loop.
   */
  @Rule("3.23")
  @Requires(Capability.TCP_CLIENT)
  void foreignThreadsMayNotUseStreams() throws IOException {
    ServerSocket listener = network.listen();
    StreamConnection streams =
        network.running().run(() -> Asyncio.openConnection(Network.to(listener)));
    Socket peer = network.accept(listener);
    network.send("one\ntwo\n", peer);
    Expect.equal(
        "the first line", "one", network.running().run(() -> streams.reader().readLine(US_ASCII)));

    foreign().expectRefused(reads(streams.reader()));
    foreign().expectRefused(writes(streams.writer()));

    Expect.equal(
        "the second line", "two", network.running().run(() -> streams.reader().readLine(US_ASCII)));
    network.running().perform(() -> streams.writer().write("allowed", US_ASCII));
    network.expectText("allowed", peer);
    network.running().perform(streams::close);
  }

  /**
   * Calls the methods of a server that change something from foreign threads.
   *
   * <p>If it fails: see 3.21; the server is the framework's unless a loop has one of its own.
   */
  @Rule("3.25")
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

    Socket peer = network.connectTo(server);
    network.send("echo", peer);
    network.expectText("echo", peer);
    network
        .running()
        .perform(() -> {
          server.close();
          server.abortClients();
        });
  }

  /**
   * Writes to a transport between two runs of the loop.
   *
   * <p>If it fails: a loop that does not run has no thread to compare with.
   */
  @Rule("3.28")
  @Requires(Capability.TCP_CLIENT)
  void anyThreadMayUseATransportWhileTheLoopDoesNotRun() throws IOException {
    EventLoop loop = fixture.loop();
    ServerSocket listener = network.listen();
    Transport transport =
        fixture.run(() -> loop.createConnection(() -> protocol, Network.to(listener)).transport());
    Socket peer = network.accept(listener);

    transport.pauseReading();
    transport.write(Network.bytes("between"));
    fixture.tick();
    network.expectText("between", peer);
    transport.resumeReading();
    transport.close();

    fixture.tick();
    network.expectEnd("a connection that was closed between two runs", peer);
  }

  /**
   * Calls all methods of a TLS transport that change something from foreign threads.
   *
   * <p>If it fails: see 3.21.
   */
  @Rule("3.29")
  @Requires({Capability.TCP_CLIENT, Capability.TCP_SERVER, Capability.TLS})
  void foreignThreadsMayNotUseATlsTransport() {
    TlsLinks links = new TlsLinks(network);
    Transport transport = links.connect(protocol, new EchoProtocol());

    foreign().expectRefused(changes(transport));

    expectUnharmed(transport);
    network.running().perform(() -> transport.write(Network.bytes("allowed")));
    fixture.patience().until("the echo must arrive", () -> protocol.received().equals("allowed"));
    network.running().perform(transport::close);
    fixture.patience().await("the connection must be lost", protocol.lost());
  }

  private static void expectText(Object described) {
    Expect.that("it must be described", !described.toString().isEmpty());
  }

  private ForeignCalls foreign() {
    return new ForeignCalls(network.running());
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
    network
        .running()
        .perform(() -> {
          Expect.that("a transport must stay open", !transport.isClosing());
          Expect.that("a transport must go on reading", transport.isReading());
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
    calls.put("readLine of text", () -> reader.readLine(US_ASCII));
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
