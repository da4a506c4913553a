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

/** Chapter 11, part one: the end of each direction. */
@Requires(Capability.TCP_CLIENT)
final class EndOfFileRules {

  private static final int MEGABYTE = 1024 * 1024;

  private final LoopFixture fixture;
  private final Network network;
  private final ProbeProtocol protocol = new ProbeProtocol();
  private final ProbeProtocol halfOpen =
      new ProbeProtocol() {
        @Override
        public boolean eofReceived() {
          boolean ignored = super.eofReceived();
          return true;
        }
      };

  EndOfFileRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Ends the output while much of it is still buffered. */
  @Rule("11.1")
  @Hint("Shut the output down when the buffer has become empty.")
  @Requires(Capability.HALF_CLOSE)
  void writeEofFollowsBufferedData() {
    Link link = network.connect(protocol);

    long written =
        network.call(() -> {
          long bytes = Flood.fill(link.transport());
          link.transport().write(new byte[MEGABYTE]);
          link.transport().writeEof();
          return bytes + MEGABYTE;
        });

    Expect.equal(
        "the number of bytes before the end", written, (long) link.peer().receiveAll().length);
    Expect.that("the connection must continue", !network.call(link.transport()::isClosing));
  }

  /** Ends the output when nothing is buffered, and keeps receiving. */
  @Rule("11.2")
  @Hint("Shut down the output and nothing else.")
  @Requires(Capability.HALF_CLOSE)
  void dataIsDeliveredAfterWriteEof() {
    Link link = network.connect(protocol);
    network.perform(link.transport()::writeEof);
    link.peer().expectEnd();

    link.peer().send("result");

    fixture
        .patience()
        .until("the data of the peer must arrive", () -> protocol.receivedCount() == 6);
    protocol.expectCalls("connectionMade", "dataReceived");
  }

  /** Writes after {@code writeEof}, before and after the end was sent. */
  @Rule("11.3")
  @Hint("Refuse in `write` and `writeLines` from the call of `writeEof` on.")
  @Requires(Capability.HALF_CLOSE)
  void writingAfterWriteEofThrows() {
    Link link = network.connect(protocol);

    network.perform(() -> {
      long ignored = Flood.fill(link.transport());
      link.transport().writeEof();
      expectRefusal(link.transport());
    });
    byte[] ignored = link.peer().receiveAll();

    network.perform(() -> expectRefusal(link.transport()));
  }

  private static void expectRefusal(Transport transport) {
    ByteBuffer late = ByteBuffer.wrap("late".getBytes(US_ASCII));
    IllegalStateException ofWrite =
        Expect.thrown(
            IllegalStateException.class, "write after writeEof", () -> transport.write(late));
    Expect.mentions("the exception", ofWrite.getMessage(), "writeEof");
    IllegalStateException ignored =
        Expect.thrown(
            IllegalStateException.class,
            "writeLines after writeEof",
            () -> transport.writeLines(List.of(late)));
  }

  /** Ends the output again and again, and on a transport that is closing. */
  @Rule("11.4")
  @Hint("Do nothing in `writeEof` unless the output is open.")
  @Requires(Capability.HALF_CLOSE)
  void writeEofMayBeRepeated() {
    Link link = network.connect(protocol);

    network.perform(() -> {
      link.transport().write("end".getBytes(US_ASCII));
      link.transport().writeEof();
      link.transport().writeEof();
    });
    Expect.equal("what arrives", 3, link.peer().receiveAll().length);
    network.perform(() -> {
      link.transport().writeEof();
      link.transport().close();
      link.transport().writeEof();
    });

    awaitLost(protocol);
    network.perform(link.transport()::writeEof);
    protocol.expectCalls("connectionMade", "connectionLost");
    Expect.same("the reason", null, protocol.reason().orElse(null));
  }

  /** Compares {@code canWriteEof} with what the provider declares. */
  @Rule("11.5")
  @Hint("Return whether the loop has `HALF_CLOSE`, and refuse without it.")
  void canWriteEofMatchesTheCapability() {
    Link link = network.connect(protocol);
    boolean declared = fixture.provider().capabilities().contains(Capability.HALF_CLOSE);

    network.perform(() -> {
      Expect.equal("canWriteEof", declared, link.transport().canWriteEof());
      if (!declared) {
        UnsupportedOperationException refusal =
            Expect.thrown(
                UnsupportedOperationException.class, "writeEof", link.transport()::writeEof);
        Expect.mentions("the exception", refusal.getMessage(), "HALF_CLOSE");
      }
    });
  }

  /** Makes the peer send some megabytes and end, and pauses and resumes after that. */
  @Rule("11.6")
  @Hint("Notify the protocol of the end when a read finds it, not when the poller indicates it.")
  void eofReceivedComesOnceAfterAllData() {
    Link link = network.connect(halfOpen);
    network.perform(link.transport()::pauseReading);
    link.peer().sendInBackground(new byte[2 * MEGABYTE]);
    link.peer().awaitStandstill();
    network.perform(link.transport()::resumeReading);
    fixture
        .patience()
        .until("all data must arrive", () -> halfOpen.receivedCount() == 2 * MEGABYTE);

    link.peer().sendEof();

    awaitEof(halfOpen);
    network.settle(3);
    halfOpen.expectCalls("connectionMade", "dataReceived", "eofReceived");
    network.perform(() -> {
      link.transport().pauseReading();
      link.transport().resumeReading();
    });
    network.settle(3);
    halfOpen.expectCalls("connectionMade", "dataReceived", "eofReceived");
  }

  /** Makes the peer end while much is still to be written to it. */
  @Rule("11.7")
  @Hint("Call `close`, not `abort`, when `eofReceived` returns false.")
  void aTransportClosesAfterThePeersEndUnlessKeptOpen() {
    Link link = network.connect(protocol);
    long written = network.call(() -> Flood.fill(link.transport()));

    link.peer().sendEof();
    awaitEof(protocol);

    Expect.that("the transport must be closing", network.call(link.transport()::isClosing));
    Expect.equal("what still arrives", written, (long) link.peer().receiveAll().length);
    awaitLost(protocol);
    protocol.expectCalls("connectionMade", "eofReceived", "connectionLost");
    Expect.same("the reason", null, protocol.reason().orElse(null));
  }

  /** Writes to a peer that has ended its output and still reads. */
  @Rule("11.8")
  @Hint("Do not change the output when `eofReceived` returns true.")
  void aTransportKeptOpenStaysWritable() {
    Link link = network.connect(halfOpen);
    link.peer().sendEof();
    awaitEof(halfOpen);

    network.perform(() -> {
      Expect.that("the transport must not be closing", !link.transport().isClosing());
      link.transport().write("result".getBytes(US_ASCII));
    });
    Expect.equal("what arrives", "result", link.peer().receiveText(6));
    network.perform(link.transport()::close);

    link.peer().expectEnd();
    awaitLost(halfOpen);
    halfOpen.expectCalls("connectionMade", "eofReceived", "connectionLost");
  }

  /** Counts the polls while a connection is half-open: its socket is readable all the time. */
  @Rule("11.9")
  @Hint("Stop watching for data after the peer's end.")
  void aHalfOpenConnectionDoesNotSpin() {
    Link link = network.connect(halfOpen);
    link.peer().sendEof();
    awaitEof(halfOpen);

    Polls.expectNoSpin(network, "while a connection is half-open");
  }

  /** Counts the polls when both directions have ended: epoll always reports a hang-up. */
  @Rule("11.10")
  @Hint("Remove the socket from the poller when nothing is watched.")
  @Requires(Capability.HALF_CLOSE)
  void aConnectionEndedByBothSidesDoesNotSpin() {
    Link link = network.connect(halfOpen);
    link.peer().sendEof();
    awaitEof(halfOpen);
    network.perform(link.transport()::writeEof);
    link.peer().expectEnd();
    link.peer().close();
    Polls.expectNoSpin(network, "when both ends have said their last word");
    halfOpen.expectCalls("connectionMade", "eofReceived");
    network.perform(link.transport()::close);
    awaitLost(halfOpen);
  }

  private void awaitEof(ProbeProtocol ending) {
    fixture
        .patience()
        .until("the peer's end must arrive", () -> ending.trace().count("eofReceived") > 0);
  }

  private void awaitLost(ProbeProtocol ending) {
    fixture.patience().await("connectionLost must be called", ending.lost());
  }
}
