package org.asyncio4j.tck.rules.transports;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
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

/** Chapter 10, part four: protocols that read slowly, or not at all. */
@Requires(Capability.TCP_CLIENT)
final class ReadPacingRules {

  private static final int MUCH = 32 * 1024 * 1024;
  private static final int ROUNDS = 5;
  private static final int ENOUGH_READS = 2; // one per tick; the two may become ready in a row

  private final LoopFixture fixture;
  private final Network network;
  private final ProbeProtocol protocol = new ProbeProtocol();

  ReadPacingRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Pauses reading in the tick that finds the socket ready, before the read runs; several times,
   * because the data may come one tick later.
   */
  @Rule("10.20")
  @Hint("Cancel a read that is already queued, or check again before reading.")
  void pauseReadingStopsDeliveryAtOnce() {
    Link link = network.connect(protocol);
    String expected = "";
    for (int round = 0; round < ROUNDS; round++) {
      int before = expected.length();
      network.perform(() -> {
        link.peer().send("late");
        Polls.outlastLastPoll();
        fixture.loop().callSoon(link.transport()::pauseReading);
      });
      fixture
          .patience()
          .during("a paused protocol must not be called", () -> protocol.receivedCount() == before);
      network.perform(link.transport()::resumeReading);
      expected += "late";
      awaitText(expected, protocol);
    }
  }

  /** Makes the peer send much more than the system buffers, to a transport that does not read. */
  @Rule("10.21")
  @Hint("Do not continue to read into memory while paused.")
  void pauseReadingSlowsThePeerDown() {
    Link link = network.connect(protocol);
    network.perform(link.transport()::pauseReading);

    link.peer().sendInBackground(new byte[MUCH]);
    network.awaitStandstill(link.peer());

    Expect.that("the peer must be slowed down", link.peer().sent() < MUCH);
    protocol.expectCalls("connectionMade");
  }

  /** Resumes reading when much data is waiting. */
  @Rule("10.22")
  @Hint("Deliver everything when reading is resumed, and drop nothing.")
  void resumeReadingDeliversDataSentInBetween() {
    Link link = network.connect(protocol);
    network.perform(link.transport()::pauseReading);
    byte[] data = Flood.noise(2 * 1024 * 1024);
    link.peer().sendInBackground(data);
    link.peer().awaitStandstill();

    network.perform(link.transport()::resumeReading);

    fixture
        .patience()
        .until("everything must arrive", () -> protocol.receivedCount() >= data.length);
    Expect.that("it must be what was sent", Arrays.equals(data, protocol.receivedBytes()));
  }

  /** Pauses several times and resumes once, then the other way round. */
  @Rule("10.23")
  @Hint("Use a flag, not a counter.")
  void pausingAndResumingMayBeRepeated() {
    Link link = network.connect(protocol);
    Transport transport = link.transport();
    network.perform(() -> {
      transport.pauseReading();
      transport.pauseReading();
      Expect.that("a paused transport must not be reading", !transport.isReading());
      transport.resumeReading();
      Expect.that("a resumed transport must be reading", transport.isReading());
      transport.resumeReading();
    });

    link.peer().send("one");
    awaitText("one", protocol);
    network.perform(transport::pauseReading);
    link.peer().send("two");
    fixture
        .patience()
        .during("a paused protocol must not be called", () -> protocol.receivedCount() == 3);
    network.perform(transport::resumeReading);
    awaitText("onetwo", protocol);
  }

  /** Pauses reading in {@code connectionMade}. */
  @Rule("10.24")
  @Hint("When reading starts after `connectionMade`, check whether it is paused.")
  void readingMayBePausedInConnectionMade() {
    ProbeProtocol pausing =
        new ProbeProtocol() {
          @Override
          public void connectionMade(Transport transport) {
            super.connectionMade(transport);
            transport.pauseReading();
          }
        };
    Link link = network.connect(pausing);
    link.peer().send("patience");
    expectSilence(pausing);

    network.perform(link.transport()::resumeReading);

    awaitText("patience", pausing);
  }

  /**
   * Resumes two connections at once, one that has megabytes to read and one that has a byte. Data
   * on a third one, sent last, shows that the byte has arrived.
   */
  @Rule("10.25")
  @Hint("Read once, and not without limit, each time that the poll finds a socket ready.")
  @Direct("what was sent must have arrived when reading is resumed")
  void aBusyConnectionDoesNotStarveAnother() {
    AtomicInteger before = new AtomicInteger(-1);
    Link busy = network.connect(protocol);
    Link quiet =
        network.connect(
            new ProbeProtocol() {
              @Override
              public void dataReceived(ByteBuffer data) {
                before.compareAndSet(-1, protocol.trace().count("dataReceived"));
                super.dataReceived(data);
              }
            });
    ProbeProtocol witness = new ProbeProtocol();
    Link last = network.connect(witness);
    network.perform(() -> {
      busy.transport().pauseReading();
      quiet.transport().pauseReading();
    });
    busy.peer().sendInBackground(new byte[MUCH]);
    busy.peer().awaitStandstill();
    quiet.peer().send("x");
    last.peer().send("y");
    fixture
        .patience()
        .until("the data of the third connection must arrive", () -> witness.receivedCount() > 0);

    network.perform(() -> {
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

  private void expectSilence(ProbeProtocol silent) {
    fixture
        .patience()
        .during("a paused protocol must not be called", () -> silent.receivedCount() == 0);
    silent.expectCalls("connectionMade");
  }

  private void awaitText(String text, ProbeProtocol reading) {
    fixture
        .patience()
        .until("the data must arrive", () -> reading.receivedCount() >= text.length());
    Expect.equal("the calls of the protocol", text, reading.received());
  }
}
