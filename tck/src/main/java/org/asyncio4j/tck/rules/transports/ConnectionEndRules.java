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

/** Chapter 11, part three: the order of events, and the end by the loop's side. */
@Requires(Capability.TCP_CLIENT)
final class ConnectionEndRules {

  private static final int MEGABYTE = 1024 * 1024;

  private final LoopFixture fixture;
  private final Links links;
  private final Recorder protocol = new Recorder();

  ConnectionEndRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.links = new Links(fixture);
  }

  /**
   * Makes the peer send, end and close before the loop gets to read.
   *
   * <p>If it fails: schedule {@code connectionMade} before reading starts, and lose the connection
   * after the protocol was notified of the end.
   */
  @Rule("11.21")
  void theCallsOfAProtocolComeInOrder() {
    Link link = links.connect(protocol);

    links.act(() -> {
      link.wire().send("all at once");
      link.wire().sendEof();
      link.wire().close();
    });

    awaitLost();
    links.settle(3);
    protocol.calls().expect("connectionMade", "dataReceived", "eofReceived", "connectionLost");
    Expect.equal("the data", "all at once", protocol.calls().text());
    Expect.same("the reason", null, protocol.calls().reason());
  }

  /**
   * Ends connections by several calls of {@code close} and {@code abort}.
   *
   * <p>If it fails: use one state, not two flags, for whether {@code connectionLost} was scheduled.
   */
  @Rule("11.22")
  void connectionLostIsCalledOnceHoweverOftenAConnectionIsEnded() {
    expectLostOnce(Transport::close, Transport::close);
    expectLostOnce(Transport::close, Transport::abort);
    expectLostOnce(Transport::abort, Transport::close);
    expectLostOnce(Transport::abort, Transport::abort);
  }

  private void expectLostOnce(Ending first, Ending second) {
    Recorder ended = new Recorder();
    Link link = links.connect(ended);
    links.act(() -> {
      long ignored = Links.fill(link.transport());
      first.end(link.transport());
      second.end(link.transport());
      first.end(link.transport());
    });
    link.wire().close();
    fixture.patience().until("connectionLost must be called", ended.calls()::isLost);
    links.act(() -> second.end(link.transport()));
    links.settle(3);
    Expect.equal("the calls of connectionLost", 1, ended.calls().count("connectionLost"));
  }

  /**
   * Ends connections and checks right after the call.
   *
   * <p>If it fails: schedule {@code connectionLost}, by {@code callSoon}.
   */
  @Rule("11.23")
  void connectionLostIsNotCalledFromWithinCloseOrAbort() {
    for (Ending ending : List.<Ending>of(Transport::close, Transport::abort)) {
      Recorder ended = new Recorder();
      Link link = links.connect(ended);
      links.act(() -> {
        ending.end(link.transport());
        ended.calls().expect("connectionMade");
      });
      fixture.patience().until("connectionLost must be called", ended.calls()::isLost);
    }
  }

  /**
   * Closes while much is buffered.
   *
   * <p>If it fails: lose the connection when the buffer has become empty.
   */
  @Rule("11.24")
  void closeWritesBufferedData() {
    Link link = links.connect(protocol);
    long written =
        links.ask(() -> {
          long bytes = Links.fill(link.transport());
          link.transport().write(new byte[MEGABYTE]);
          link.transport().close();
          return bytes + MEGABYTE;
        });

    Expect.equal(
        "the number of bytes that arrive", written, (long) link.wire().receiveAll().length);
    awaitLost();
    protocol.calls().expect("connectionMade", "connectionLost");
    Expect.same("the reason", null, protocol.calls().reason());
  }

  /**
   * Makes the peer send to a transport that is closing and still has much to write.
   *
   * <p>If it fails: stop reading in {@code close}.
   */
  @Rule("11.25")
  void aClosingTransportDoesNotRead() {
    Link link = links.connect(protocol);

    links.act(() -> {
      long ignored = Links.fill(link.transport());
      link.wire().send("too late");
      Links.outlastLastPoll();
      fixture.loop().callSoon(link.transport()::close);
    });

    fixture
        .patience()
        .during("a closing transport must not read", () -> protocol.calls().size() == 0);
  }

  /**
   * Closes a connection with unread data of the peer.
   *
   * <p>If it fails: do not wait for the peer.
   */
  @Rule("11.26")
  void closeDoesNotWaitForUnreadData() {
    Link link = links.connect(protocol);

    links.act(() -> {
      link.transport().pauseReading();
      link.wire().send("unread");
      link.transport().close();
    });

    awaitLost();
    link.wire().expectEnd();
    protocol.calls().expect("connectionMade", "connectionLost");
    Expect.same("the reason", null, protocol.calls().reason());
  }

  /**
   * Writes, in each way, to a connection that is lost.
   *
   * <p>If it fails: check the state first; take the bytes, and throw nothing.
   */
  @Rule("11.27")
  void writesAfterTheLossAreDropped() {
    Link link = links.connect(protocol);
    links.act(link.transport()::abort);
    awaitLost();

    links.act(() -> {
      ByteBuffer late = ByteBuffer.wrap("late".getBytes(US_ASCII));
      for (int count = 0; count < 2; count++) {
        link.transport().write(late.rewind());
        link.transport().writeLines(List.of(late.rewind()));
      }
      Expect.equal("the position", 4, late.position());
      Expect.equal("the size", 0L, link.transport().writeBufferSize());
    });
    links.settle(2);
    protocol.calls().expect("connectionMade", "connectionLost");
  }

  private void awaitLost() {
    fixture.patience().until("connectionLost must be called", protocol.calls()::isLost);
  }

  private interface Ending {
    void end(Transport transport);
  }
}
