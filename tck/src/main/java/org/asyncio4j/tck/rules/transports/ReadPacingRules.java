package org.asyncio4j.tck.rules.transports;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.Links;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Recorder;

/** Chapter 10, part four: protocols that read slowly, or not at all. */
@Requires(Capability.TCP_CLIENT)
final class ReadPacingRules {

  private static final int MUCH = 32 * 1024 * 1024;
  private static final int ROUNDS = 5;
  private static final int ENOUGH_READS = 2; // one per tick; the two may become ready in a row

  private final LoopFixture fixture;
  private final Links links;
  private final Recorder protocol = new Recorder();

  ReadPacingRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.links = new Links(fixture);
  }

  /**
   * Pauses reading in the tick that finds the socket ready, before the read runs; several times,
   * because the data may come one tick later.
   *
   * <p>If it fails: cancel a read that is already queued, or check again before reading.
   */
  @Rule("10.20")
  void pauseReadingStopsDeliveryAtOnce() {
    Link link = links.connect(protocol);
    String expected = "";
    for (int round = 0; round < ROUNDS; round++) {
      int before = expected.length();
      links.act(() -> {
        link.wire().send("late");
        Links.outlastLastPoll();
        fixture.loop().callSoon(link.transport()::pauseReading);
      });
      fixture
          .patience()
          .during("a paused protocol must not be called", () -> protocol.calls().size() == before);
      links.act(link.transport()::resumeReading);
      expected += "late";
      awaitText(expected);
    }
  }

  /**
   * Makes the peer send much more than the system buffers, to a transport that does not read.
   *
   * <p>If it fails: do not continue to read into memory while paused.
   */
  @Rule("10.21")
  void pauseReadingSlowsThePeerDown() {
    Link link = links.connect(protocol);
    links.act(link.transport()::pauseReading);

    link.wire().sendInBackground(new byte[MUCH]);
    links.awaitStandstill(link.wire());

    Expect.that("the peer must be slowed down", link.wire().sent() < MUCH);
    protocol.calls().expect("connectionMade");
  }

  /**
   * Resumes reading when much data is waiting.
   *
   * <p>If it fails: deliver everything when reading is resumed, and drop nothing.
   */
  @Rule("10.22")
  void resumeReadingDeliversDataSentInBetween() {
    Link link = links.connect(protocol);
    links.act(link.transport()::pauseReading);
    byte[] data = Links.noise(2 * 1024 * 1024);
    link.wire().sendInBackground(data);
    link.wire().awaitStandstill();

    links.act(link.transport()::resumeReading);

    fixture
        .patience()
        .until("everything must arrive", () -> protocol.calls().size() >= data.length);
    Expect.that("it must be what was sent", Arrays.equals(data, protocol.calls().bytes()));
  }

  /**
   * Pauses several times and resumes once, then the other way round.
   *
   * <p>If it fails: use a flag, not a counter.
   */
  @Rule("10.23")
  void pausingAndResumingMayBeRepeated() {
    Link link = links.connect(protocol);
    Transport transport = link.transport();
    links.act(() -> {
      transport.pauseReading();
      transport.pauseReading();
      Expect.that("a paused transport must not be reading", !transport.isReading());
      transport.resumeReading();
      Expect.that("a resumed transport must be reading", transport.isReading());
      transport.resumeReading();
    });

    link.wire().send("one");
    awaitText("one");
    links.act(transport::pauseReading);
    link.wire().send("two");
    fixture
        .patience()
        .during("a paused protocol must not be called", () -> protocol.calls().size() == 3);
    links.act(transport::resumeReading);
    awaitText("onetwo");
  }

  /**
   * Pauses reading in {@code connectionMade}.
   *
   * <p>If it fails: when reading starts after {@code connectionMade}, check whether it is paused.
   */
  @Rule("10.24")
  void readingMayBePausedInConnectionMade() {
    Recorder pausing =
        new Recorder(protocol.calls()) {
          @Override
          public void connectionMade(Transport transport) {
            super.connectionMade(transport);
            transport.pauseReading();
          }
        };
    Link link = links.connect(pausing);
    link.wire().send("patience");
    expectSilence(pausing);

    links.act(link.transport()::resumeReading);

    awaitText("patience");
  }

  /**
   * Resumes two connections at once, one that has megabytes to read and one that has a byte. Data
   * on a third one, sent last, shows that the byte has arrived.
   *
   * <p>If it fails: read once, and not without limit, each time that the poll finds a socket ready.
   */
  @Rule("10.25")
  @Direct("what was sent must have arrived when reading is resumed")
  void aBusyConnectionDoesNotStarveAnother() {
    AtomicInteger before = new AtomicInteger(-1);
    Link busy = links.connect(protocol);
    Link quiet =
        links.connect(
            new Recorder() {
              @Override
              public void dataReceived(ByteBuffer data) {
                before.compareAndSet(-1, protocol.calls().chunks());
                super.dataReceived(data);
              }
            });
    Recorder witness = new Recorder();
    Link last = links.connect(witness);
    links.act(() -> {
      busy.transport().pauseReading();
      quiet.transport().pauseReading();
    });
    busy.wire().sendInBackground(new byte[MUCH]);
    busy.wire().awaitStandstill();
    quiet.wire().send("x");
    last.wire().send("y");
    fixture
        .patience()
        .until("the data of the third connection must arrive", () -> witness.calls().size() > 0);

    links.act(() -> {
      busy.transport().resumeReading();
      quiet.transport().resumeReading();
    });

    fixture
        .patience()
        .until("the byte of the quiet connection must arrive", () -> before.get() >= 0);
    Expect.that(
        "the busy one must be read twice at most before (was read %d times)"
            .formatted(before.get()),
        before.get() <= ENOUGH_READS);
  }

  private void expectSilence(Recorder silent) {
    fixture
        .patience()
        .during("a paused protocol must not be called", () -> silent.calls().size() == 0);
    silent.calls().expect("connectionMade");
  }

  private void awaitText(String text) {
    fixture
        .patience()
        .until("the data must arrive", () -> protocol.calls().size() >= text.length());
    Expect.equal("the calls of the protocol", text, protocol.calls().text());
  }
}
