package org.asyncio4j.tck.rules.transports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.Links;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Recorder;

/** Chapter 11, part one: the end of each direction. */
@Requires(Capability.TCP_CLIENT)
final class EndOfFileRules {

  private static final int MEGABYTE = 1024 * 1024;

  private final LoopFixture fixture;
  private final Links links;
  private final Recorder protocol = new Recorder();
  private final Recorder halfOpen =
      new Recorder(protocol.calls()) {
        @Override
        public boolean eofReceived() {
          boolean ignored = super.eofReceived();
          return true;
        }
      };

  EndOfFileRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.links = new Links(fixture);
  }

  /**
   * Ends the output while much of it is still buffered.
   *
   * <p>If it fails: shut the output down when the buffer has become empty.
   */
  @Rule("11.1")
  @Requires(Capability.HALF_CLOSE)
  void writeEofFollowsBufferedData() {
    Link link = links.connect(protocol);

    long written =
        links.ask(() -> {
          long bytes = Links.fill(link.transport());
          link.transport().write(new byte[MEGABYTE]);
          link.transport().writeEof();
          return bytes + MEGABYTE;
        });

    Expect.equal(
        "the number of bytes before the end", written, (long) link.wire().receiveAll().length);
    Expect.that("the connection must continue", !links.ask(link.transport()::isClosing));
  }

  /**
   * Ends the output when nothing is buffered, and keeps receiving.
   *
   * <p>If it fails: shut down the output and nothing else.
   */
  @Rule("11.2")
  @Requires(Capability.HALF_CLOSE)
  void dataIsDeliveredAfterWriteEof() {
    Link link = links.connect(protocol);
    links.act(link.transport()::writeEof);
    link.wire().expectEnd();

    link.wire().send("result");

    fixture
        .patience()
        .until("the data of the peer must arrive", () -> protocol.calls().size() == 6);
    protocol.calls().expect("connectionMade", "dataReceived");
  }

  /**
   * Writes after {@code writeEof}, before and after the end was sent.
   *
   * <p>If it fails: refuse in {@code write} and {@code writeLines} from the call of {@code
   * writeEof} on.
   */
  @Rule("11.3")
  @Requires(Capability.HALF_CLOSE)
  void writingAfterWriteEofThrows() {
    Link link = links.connect(protocol);

    links.act(() -> {
      long ignored = Links.fill(link.transport());
      link.transport().writeEof();
      expectRefusal(link.transport());
    });
    byte[] ignored = link.wire().receiveAll();

    links.act(() -> expectRefusal(link.transport()));
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

  /**
   * Ends the output again and again, and on a transport that is closing.
   *
   * <p>If it fails: do nothing in {@code writeEof} unless the output is open.
   */
  @Rule("11.4")
  @Requires(Capability.HALF_CLOSE)
  void writeEofMayBeRepeated() {
    Link link = links.connect(protocol);

    links.act(() -> {
      link.transport().write("end".getBytes(US_ASCII));
      link.transport().writeEof();
      link.transport().writeEof();
    });
    Expect.equal("what arrives", 3, link.wire().receiveAll().length);
    links.act(() -> {
      link.transport().writeEof();
      link.transport().close();
      link.transport().writeEof();
    });

    awaitLost();
    links.act(link.transport()::writeEof);
    protocol.calls().expect("connectionMade", "connectionLost");
    Expect.same("the reason", null, protocol.calls().reason());
  }

  /**
   * Compares {@code canWriteEof} with what the provider declares.
   *
   * <p>If it fails: return whether the loop has {@code HALF_CLOSE}, and refuse without it.
   */
  @Rule("11.5")
  void canWriteEofMatchesTheCapability() {
    Link link = links.connect(protocol);
    boolean declared = fixture.provider().capabilities().contains(Capability.HALF_CLOSE);

    links.act(() -> {
      Expect.equal("canWriteEof", declared, link.transport().canWriteEof());
      if (!declared) {
        UnsupportedOperationException refusal =
            Expect.thrown(
                UnsupportedOperationException.class, "writeEof", link.transport()::writeEof);
        Expect.mentions("the exception", refusal.getMessage(), "HALF_CLOSE");
      }
    });
  }

  /**
   * Makes the peer send some megabytes and end, and pauses and resumes after that.
   *
   * <p>If it fails: notify the protocol of the end when a read finds it, not when the poller
   * indicates it.
   */
  @Rule("11.6")
  void eofReceivedComesOnceAfterAllData() {
    Link link = links.connect(halfOpen);
    links.act(link.transport()::pauseReading);
    link.wire().sendInBackground(new byte[2 * MEGABYTE]);
    link.wire().awaitStandstill();
    links.act(link.transport()::resumeReading);
    fixture.patience().until("all data must arrive", () -> protocol.calls().size() == 2 * MEGABYTE);

    link.wire().sendEof();

    awaitEof();
    links.settle(3);
    protocol.calls().expect("connectionMade", "dataReceived", "eofReceived");
    links.act(() -> {
      link.transport().pauseReading();
      link.transport().resumeReading();
    });
    links.settle(3);
    protocol.calls().expect("connectionMade", "dataReceived", "eofReceived");
  }

  /**
   * Makes the peer end while much is still to be written to it.
   *
   * <p>If it fails: call {@code close}, not {@code abort}, when {@code eofReceived} returns false.
   */
  @Rule("11.7")
  void aTransportClosesAfterThePeersEndUnlessKeptOpen() {
    Link link = links.connect(protocol);
    long written = links.ask(() -> Links.fill(link.transport()));

    link.wire().sendEof();
    awaitEof();

    Expect.that("the transport must be closing", links.ask(link.transport()::isClosing));
    Expect.equal("what still arrives", written, (long) link.wire().receiveAll().length);
    awaitLost();
    protocol.calls().expect("connectionMade", "eofReceived", "connectionLost");
    Expect.same("the reason", null, protocol.calls().reason());
  }

  /**
   * Writes to a peer that has ended its output and still reads.
   *
   * <p>If it fails: do not change the output when {@code eofReceived} returns true.
   */
  @Rule("11.8")
  void aTransportKeptOpenStaysWritable() {
    Link link = links.connect(halfOpen);
    link.wire().sendEof();
    awaitEof();

    links.act(() -> {
      Expect.that("the transport must not be closing", !link.transport().isClosing());
      link.transport().write("result".getBytes(US_ASCII));
    });
    Expect.equal("what arrives", "result", link.wire().receiveText(6));
    links.act(link.transport()::close);

    link.wire().expectEnd();
    awaitLost();
    protocol.calls().expect("connectionMade", "eofReceived", "connectionLost");
  }

  /**
   * Counts the polls while a connection is half-open: its socket is readable all the time.
   *
   * <p>If it fails: stop watching for data after the peer's end.
   */
  @Rule("11.9")
  void aHalfOpenConnectionDoesNotSpin() {
    Link link = links.connect(halfOpen);
    link.wire().sendEof();
    awaitEof();

    links.expectNoSpin("while a connection is half-open");
  }

  /**
   * Counts the polls when both directions have ended: epoll always reports a hang-up.
   *
   * <p>If it fails: remove the socket from the poller when nothing is watched.
   */
  @Rule("11.10")
  @Requires(Capability.HALF_CLOSE)
  void aConnectionEndedByBothSidesDoesNotSpin() {
    Link link = links.connect(halfOpen);
    link.wire().sendEof();
    awaitEof();
    links.act(link.transport()::writeEof);
    link.wire().expectEnd();
    link.wire().close();

    links.expectNoSpin("when both ends have said their last word");

    protocol.calls().expect("connectionMade", "eofReceived");
    links.act(link.transport()::close);
    awaitLost();
  }

  private void awaitEof() {
    fixture
        .patience()
        .until("the peer's end must arrive", () -> protocol.calls().count("eofReceived") > 0);
  }

  private void awaitLost() {
    fixture.patience().until("connectionLost must be called", protocol.calls()::isLost);
  }
}
