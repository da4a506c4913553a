package org.asyncio4j.tck.rules.transports;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.TransportSocket;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.Links;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Recorder;
import org.asyncio4j.tck.probe.RuleViolation;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 11, part four: the state of a connection. */
@Requires(Capability.TCP_CLIENT)
final class ConnectionStateRules {

  private final LoopFixture fixture;
  private final Links links;
  private final Recorder protocol = new Recorder();
  private final Trace trace = new Trace();

  ConnectionStateRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.links = new Links(fixture);
  }

  /**
   * Calls {@code isClosing} at every stage.
   *
   * <p>If it fails: return true from {@code close}, {@code abort} or the loss on.
   */
  @Rule("11.28")
  void isClosingIsTrueAsSoonAsClosingBegins() {
    for (Ending ending : List.<Ending>of(Transport::close, Transport::abort)) {
      Link link = links.connect(asking(Transport::isClosing));
      links.act(() -> {
        trace.add("open " + link.transport().isClosing());
        ending.end(link.transport());
        trace.add("ended " + link.transport().isClosing());
      });
      awaitLost();
    }
    Link link = links.connect(asking(Transport::isClosing));
    link.wire().reset();
    fixture
        .patience()
        .until("the reset must arrive", () -> protocol.calls().count("connectionLost") == 3);

    trace.expect(
        "isClosing",
        "made false",
        "open false",
        "ended true",
        "lost true",
        "made false",
        "open false",
        "ended true",
        "lost true",
        "made false",
        "lost true");
  }

  /**
   * Calls {@code isReading} at every stage.
   *
   * <p>If it fails: return whether reading is neither paused nor closing.
   */
  @Rule("11.29")
  void isReadingIsTrueWhileNeitherPausedNorClosing() {
    Link link = links.connect(asking(Transport::isReading));
    links.act(() -> {
      Transport transport = link.transport();
      trace.add("open " + transport.isReading());
      transport.pauseReading();
      trace.add("paused " + transport.isReading());
      transport.resumeReading();
      trace.add("resumed " + transport.isReading());
      transport.close();
      trace.add("closed " + transport.isReading());
      transport.resumeReading();
      trace.add("closed " + transport.isReading());
    });
    awaitLost();

    trace.expect(
        "isReading",
        "made true",
        "open true",
        "paused false",
        "resumed true",
        "closed false",
        "closed false",
        "lost false");
  }

  private Recorder asking(Question question) {
    AtomicReference<@Nullable Transport> asked = new AtomicReference<>();
    return new Recorder(protocol.calls()) {
      @Override
      public void connectionMade(Transport transport) {
        asked.set(transport);
        trace.add("made " + question.ask(transport));
        super.connectionMade(transport);
      }

      @Override
      public void connectionLost(@Nullable Throwable exception) {
        Transport transport = asked.get();
        trace.add("lost " + (transport == null ? "?" : question.ask(transport)));
        super.connectionLost(exception);
      }
    };
  }

  /**
   * Queries addresses after the end, when the socket itself is gone.
   *
   * <p>If it fails: keep the addresses when the transport is made.
   */
  @Rule("11.30")
  void aLostConnectionKnowsItsAddresses() {
    Link link = links.connect(protocol);
    SocketAddress local = links.ask(() -> require(link.transport(), ExtraInfo.SOCKNAME));
    SocketAddress peer = links.ask(() -> require(link.transport(), ExtraInfo.PEERNAME));

    link.wire().reset();
    awaitLost();
    links.settle(2);

    links.act(() -> {
      TransportSocket socket = require(link.transport(), ExtraInfo.SOCKET);
      Expect.equal("SOCKNAME", local, require(link.transport(), ExtraInfo.SOCKNAME));
      Expect.equal("PEERNAME", peer, require(link.transport(), ExtraInfo.PEERNAME));
      Expect.equal("the local address of the socket", local, socket.localAddress());
      IOException ignored =
          Expect.thrown(
              IOException.class,
              "asking a closed socket for an option",
              () -> {
                var _ = socket.option(StandardSocketOptions.TCP_NODELAY);
              });
    });
  }

  private static <T> T require(Transport transport, ExtraInfo<T> key) {
    return transport
        .extraInfo(key)
        .orElseThrow(() -> new RuleViolation("a transport must know its " + key + " but does not"));
  }

  private void awaitLost() {
    fixture.patience().until("connectionLost must be called", protocol.calls()::isLost);
  }

  private interface Ending {
    void end(Transport transport);
  }

  private interface Question {
    boolean ask(Transport transport);
  }
}
