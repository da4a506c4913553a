package org.asyncio4j.tck.rules.datagrams;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.ArenaBuffers;
import org.asyncio4j.tck.probe.DatagramProbe;
import org.asyncio4j.tck.probe.Datagrams;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;

/** Chapter 18, part three: errors that an endpoint survives. */
@Requires(Capability.UDP)
final class UdpErrorRules {

  private static final int TOO_LONG = 66_000;

  private final LoopFixture fixture;
  private final Datagrams datagrams;
  private final DatagramProbe protocol = new DatagramProbe();

  UdpErrorRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.datagrams = new Datagrams(fixture);
  }

  /** Sends to an address where nothing receives, and again when a receiver exists, twice. */
  @Rule("18.24")
  @Hint("Pass errors of reading and sending to `errorReceived`, and continue.")
  void anEndpointSurvivesAnUnreachablePort() throws IOException {
    DatagramSocket closed = datagrams.peer();
    InetSocketAddress address = (InetSocketAddress) closed.getLocalSocketAddress();
    DatagramTransport transport = datagrams.connect(protocol, closed);
    closed.close();

    for (int round : new int[] {1, 2}) {
      datagrams.send("absent", transport, null);
      datagrams.await(protocol, "errorReceived", round);

      try (DatagramSocket opened = datagrams.peer(address)) {
        datagrams.send("present", transport, null);
        var _ = Datagrams.expectText("present", opened);
      }
    }
    Expect.equal(
        "the calls of the protocol",
        List.of("connectionMade", "errorReceived", "errorReceived"),
        protocol.trace().events());
  }

  /** Sends a datagram that is too long, and then a short one, twice. */
  @Rule("18.25")
  @Hint(
      "Call `errorReceived`, within `sendTo` or when the system has refused the datagram, and drop"
          + " it.")
  void anEndpointSurvivesARefusedDatagram() throws IOException {
    DatagramSocket peer = datagrams.peer();
    InetSocketAddress address = (InetSocketAddress) peer.getLocalSocketAddress();
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);

    for (int round : new int[] {1, 2}) {
      datagrams.act(() -> {
        ByteBuffer data = ByteBuffer.allocate(TOO_LONG);
        transport.sendTo(data, address);
        Expect.equal("the remaining bytes of the buffer", 0, data.remaining());
      });

      datagrams.await(protocol, "errorReceived", round);
      Expect.that("errorReceived must be called with the error", protocol.error() != null);
      datagrams.send("short", transport, address);
      var _ = Datagrams.expectText("short", peer);
    }
    Expect.equal(
        "the number of errors",
        2,
        Collections.frequency(protocol.trace().events(), "errorReceived"));
  }

  /** Sends buffers whose arena is closed, and those of a confined arena of another thread. */
  @Rule("18.27")
  @Hint(
      "Check the buffer before the system is called, and hold its session until it returns. A raw"
          + " address taken from a `MemorySegment` gives neither protection.")
  void unusableMemoryIsRefused() throws IOException {
    DatagramSocket peer = datagrams.peer();
    InetSocketAddress address = (InetSocketAddress) peer.getLocalSocketAddress();
    DatagramTransport transport = datagrams.open(protocol, Datagrams.ANY_PORT);

    try (Arena mine = ArenaBuffers.ofThisThread()) {
      for (int length : new int[] {5, 0}) {
        ByteBuffer freed = ArenaBuffers.freed(length);
        ByteBuffer foreign = ArenaBuffers.of(mine, "stray").limit(length);
        datagrams.act(() -> {
          IllegalStateException _ =
              Expect.thrown(
                  IllegalStateException.class,
                  "sendTo with freed memory",
                  () -> transport.sendTo(freed, address));
          WrongThreadException _ =
              Expect.thrown(
                  WrongThreadException.class,
                  "sendTo with memory of another thread",
                  () -> transport.sendTo(foreign, address));
        });
      }
    }

    datagrams.send("usable", transport, address);
    var _ = Datagrams.expectText("usable", peer);
    Expect.equal("the calls of the protocol", List.of("connectionMade"), protocol.trace().events());
  }

  /** Throws in {@code datagramReceived}, twice. */
  @Rule("18.26")
  @Hint("Report it, with protocol and transport, and continue reading.")
  void anExceptionOfDatagramReceivedIsReportedAndTheEndpointSurvives() throws IOException {
    IllegalStateException mine = new IllegalStateException("mine");
    DatagramProbe throwing =
        new DatagramProbe() {
          @Override
          public void datagramReceived(ByteBuffer data, SocketAddress from) {
            super.datagramReceived(data, from);
            if (trace().events().size() <= 3) {
              throw mine;
            }
          }
        };
    DatagramTransport transport = datagrams.open(throwing, Datagrams.ANY_PORT);
    DatagramSocket peer = datagrams.peer();
    InetSocketAddress address = datagrams.addressOf(transport);

    for (String text : List.of("first", "second", "third")) {
      Datagrams.send(text, peer, address);
      datagrams.await(throwing, text);
    }

    for (int round = 0; round < 2; round++) {
      ErrorReport report = fixture.takeReport("what datagramReceived throws");
      Expect.same("the exception", mine, report.exception().orElse(null));
    }
    Expect.equal(
        "the calls of the protocol",
        List.of("connectionMade", "first", "second", "third"),
        throwing.trace().events());
  }
}
