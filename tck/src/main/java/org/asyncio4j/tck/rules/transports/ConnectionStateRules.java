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
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;
import org.asyncio4j.tck.probe.RuleViolation;
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 11, part four: the state of a connection. */
@Requires(Capability.TCP_CLIENT)
final class ConnectionStateRules {

  private final LoopFixture fixture;
  private final Network network;
  private final ProbeProtocol protocol = new ProbeProtocol();
  private final Trace trace = new Trace();

  ConnectionStateRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Calls {@code isClosing} at every stage. */
  @Rule("11.28")
  @Hint("Return true from `close`, `abort` or the loss on.")
  void isClosingIsTrueAsSoonAsClosingBegins() {
    for (Ending ending : List.<Ending>of(Transport::close, Transport::abort)) {
      ProbeProtocol asking = asking(Transport::isClosing);
      Link link = network.connect(asking);
      network.perform(() -> {
        trace.add("open " + link.transport().isClosing());
        ending.end(link.transport());
        trace.add("ended " + link.transport().isClosing());
      });
      awaitLost(asking);
    }
    ProbeProtocol asking = asking(Transport::isClosing);
    network.connect(asking).peer().reset();
    awaitLost(asking);

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

  /** Calls {@code isReading} at every stage. */
  @Rule("11.29")
  @Hint("Return whether reading is neither paused nor closing.")
  void isReadingIsTrueWhileNeitherPausedNorClosing() {
    ProbeProtocol asking = asking(Transport::isReading);
    Link link = network.connect(asking);
    network.perform(() -> {
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
    awaitLost(asking);

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

  private ProbeProtocol asking(Question question) {
    AtomicReference<@Nullable Transport> asked = new AtomicReference<>();
    return new ProbeProtocol() {
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

  /** Queries addresses after the end, when the socket itself is gone. */
  @Rule("11.30")
  @Hint("Keep the addresses when the transport is made.")
  void aLostConnectionKnowsItsAddresses() {
    Link link = network.connect(protocol);
    SocketAddress local = network.call(() -> require(link.transport(), ExtraInfo.SOCKNAME));
    SocketAddress peer = network.call(() -> require(link.transport(), ExtraInfo.PEERNAME));

    link.peer().reset();
    awaitLost(protocol);
    network.settle(2);

    network.perform(() -> {
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

  private void awaitLost(ProbeProtocol lost) {
    fixture.patience().await("connectionLost must be called", lost.lost());
  }

  private interface Ending {
    void end(Transport transport);
  }

  private interface Question {
    boolean ask(Transport transport);
  }
}
