package org.asyncio4j.tck.rules.transports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.Polls;
import org.asyncio4j.tck.probe.ProbeProtocol;

/** Chapter 11, part three: the order of events, and the end by the loop's side. */
@Requires(Capability.TCP_CLIENT)
final class ConnectionEndRules {

  private static final int MEGABYTE = 1024 * 1024;

  private final LoopFixture fixture;
  private final Network network;
  private final ProbeProtocol protocol = new ProbeProtocol();

  ConnectionEndRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Makes the peer send, end and close before the loop gets to read. */
  @Rule("11.21")
  @Hint(
      "Schedule `connectionMade` before reading starts, and lose the connection after the protocol"
          + " was notified of the end.")
  void theCallsOfAProtocolComeInOrder() {
    Link link = network.connect(protocol);

    network.perform(() -> {
      link.peer().send("all at once");
      link.peer().sendEof();
      link.peer().close();
    });

    awaitLost();
    network.settle(3);
    protocol.expectCalls("connectionMade", "dataReceived", "eofReceived", "connectionLost");
    Expect.equal("the data", "all at once", protocol.received());
    Expect.same("the reason", null, protocol.reason().orElse(null));
  }

  /** Ends connections by several calls of {@code close} and {@code abort}. */
  @Rule("11.22")
  @Hint("Use one state, not two flags, for whether `connectionLost` was scheduled.")
  void connectionLostIsCalledOnceHoweverOftenAConnectionIsEnded() {
    expectLostOnce(Transport::close, Transport::close);
    expectLostOnce(Transport::close, Transport::abort);
    expectLostOnce(Transport::abort, Transport::close);
    expectLostOnce(Transport::abort, Transport::abort);
  }

  private void expectLostOnce(Ending first, Ending second) {
    ProbeProtocol ended = new ProbeProtocol();
    Link link = network.connect(ended);
    network.perform(() -> {
      long ignored = Flood.fill(link.transport());
      first.end(link.transport());
      second.end(link.transport());
      first.end(link.transport());
    });
    link.peer().close();
    fixture.patience().await("connectionLost must be called", ended.lost());
    network.perform(() -> second.end(link.transport()));
    network.settle(3);
    Expect.equal("the calls of connectionLost", 1, ended.trace().count("connectionLost"));
  }

  /** Ends connections and checks right after the call. */
  @Rule("11.23")
  @Hint("Schedule `connectionLost`, by `callSoon`.")
  void connectionLostIsNotCalledFromWithinCloseOrAbort() {
    for (Ending ending : List.<Ending>of(Transport::close, Transport::abort)) {
      ProbeProtocol ended = new ProbeProtocol();
      Link link = network.connect(ended);
      network.perform(() -> {
        ending.end(link.transport());
        ended.expectCalls("connectionMade");
      });
      fixture.patience().await("connectionLost must be called", ended.lost());
    }
  }

  /** Closes while much is buffered. */
  @Rule("11.24")
  @Hint("Lose the connection when the buffer has become empty.")
  void closeWritesBufferedData() {
    Link link = network.connect(protocol);
    long written =
        network.call(() -> {
          long bytes = Flood.fill(link.transport());
          link.transport().write(new byte[MEGABYTE]);
          link.transport().close();
          return bytes + MEGABYTE;
        });

    Expect.equal(
        "the number of bytes that arrive", written, (long) link.peer().receiveAll().length);
    awaitLost();
    protocol.expectCalls("connectionMade", "connectionLost");
    Expect.same("the reason", null, protocol.reason().orElse(null));
  }

  /** Makes the peer send to a transport that is closing and still has much to write. */
  @Rule("11.25")
  @Hint("Stop reading in `close`.")
  void aClosingTransportDoesNotRead() {
    Link link = network.connect(protocol);

    network.perform(() -> {
      long ignored = Flood.fill(link.transport());
      link.peer().send("too late");
      Polls.outlastLastPoll();
      fixture.loop().callSoon(link.transport()::close);
    });

    fixture
        .patience()
        .during("a closing transport must not read", () -> protocol.receivedCount() == 0);
  }

  /** Closes a connection with unread data of the peer. */
  @Rule("11.26")
  @Hint("Do not wait for the peer.")
  void closeDoesNotWaitForUnreadData() {
    Link link = network.connect(protocol);

    network.perform(() -> {
      link.transport().pauseReading();
      link.peer().send("unread");
      link.transport().close();
    });

    awaitLost();
    link.peer().expectEnd();
    protocol.expectCalls("connectionMade", "connectionLost");
    Expect.same("the reason", null, protocol.reason().orElse(null));
  }

  /** Writes, in each way, to a connection that is lost. */
  @Rule("11.27")
  @Hint("Check the state first; take the bytes, and throw nothing.")
  void writesAfterTheLossAreDropped() {
    Link link = network.connect(protocol);
    network.perform(link.transport()::abort);
    awaitLost();

    network.perform(() -> {
      ByteBuffer late = ByteBuffer.wrap("late".getBytes(US_ASCII));
      for (int count = 0; count < 2; count++) {
        link.transport().write(late.rewind());
        link.transport().writeLines(List.of(late.rewind()));
      }
      Expect.equal("the position", 4, late.position());
      Expect.equal("the size", 0L, link.transport().writeBufferSize());
    });
    network.settle(2);
    protocol.expectCalls("connectionMade", "connectionLost");
  }

  private void awaitLost() {
    fixture.patience().await("connectionLost must be called", protocol.lost());
  }

  private interface Ending {
    void end(Transport transport);
  }
}
