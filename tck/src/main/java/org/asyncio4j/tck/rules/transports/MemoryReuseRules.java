package org.asyncio4j.tck.rules.transports;

import java.util.Arrays;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;

/** Chapter 10, part six: memory that several connections use in turn. */
@Requires(Capability.TCP_CLIENT)
final class MemoryReuseRules {

  private static final int ROUNDS = 3;
  private static final int TICKS = 5;
  private static final int SHORT_BYTES = 100;
  private static final int LATER_BYTES = 10_000;

  private final LoopFixture fixture;
  private final Network network;

  MemoryReuseRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Aborts a connection while the system holds up what it has to write, and a bit later writes much
   * on another one.
   */
  @Rule("10.29")
  @Hint(
      "Memory that was passed to the system belongs to it until the write has ended, even if the"
          + " connection is aborted or closed earlier. Reuse it only then.")
  void memoryIsNotWrittenToTheWrongPeer() {
    for (int round = 0; round < ROUNDS; round++) {
      Link aborted = network.connect(new ProbeProtocol());
      Link other = network.connect(new ProbeProtocol());
      int _ = Flood.stall(network, aborted.transport(), (byte) 'a');
      network.perform(aborted.transport()::abort);
      network.settle(TICKS);
      int written = Flood.stall(network, other.transport(), (byte) 'b');

      expectOnly('a', aborted.peer().receiveUntilLost());
      expectOnly('b', other.peer().receive(written));
    }
  }

  /** Aborts a connection that is busy to receive, and one that waits for data. */
  @Rule("10.30")
  @Hint(
      "Memory that was passed to the system for a read belongs to it until the read has ended, even"
          + " if the connection is aborted or closed earlier. Reuse it only then.")
  void dataIsNotDeliveredToTheWrongProtocol() {
    for (int round = 0; round < ROUNDS; round++) {
      abortWhileDataArrives();
      abortBeforeDataArrives();
    }
  }

  private void abortWhileDataArrives() {
    ProbeProtocol first = new ProbeProtocol();
    ProbeProtocol second = new ProbeProtocol();
    Link aborted = network.connect(first);
    Link other = network.connect(second);
    byte[] much = bytes('a', 1024 * 1024);
    aborted.peer().sendInBackground(much);
    fixture.patience().until("data must arrive", () -> first.receivedCount() > 0);

    network.perform(aborted.transport()::abort);
    other.peer().send(bytes('b', LATER_BYTES));

    fixture.patience().until("all data must arrive", () -> second.receivedCount() >= LATER_BYTES);
    expectOnly('b', second.receivedBytes());
    expectOnly('a', first.receivedBytes());
  }

  // The system may still write to the memory for the read of the first connection: then the data of
  // both arrive at the same place, between two polls.
  private void abortBeforeDataArrives() {
    ProbeProtocol first = new ProbeProtocol();
    Link aborted = network.connect(first);
    aborted.peer().send(bytes('a', SHORT_BYTES));
    fixture.patience().until("data must arrive", () -> first.receivedCount() == SHORT_BYTES);
    network.settle(TICKS);
    network.perform(aborted.transport()::abort);
    network.settle(TICKS);

    ProbeProtocol second = new ProbeProtocol();
    Link other = network.connect(second);
    network.settle(TICKS);
    network.perform(() -> {
      other.peer().send(bytes('b', SHORT_BYTES));
      aborted.peer().sendUnlessClosed(bytes('a', SHORT_BYTES));
    });

    fixture.patience().until("data must arrive", () -> second.receivedCount() >= SHORT_BYTES);
    expectOnly('b', second.receivedBytes());
    expectOnly('a', first.receivedBytes());
  }

  private static byte[] bytes(char content, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) content);
    return bytes;
  }

  private static void expectOnly(char content, byte[] bytes) {
    int others = 0;
    for (byte each : bytes) {
      others += each == content ? 0 : 1;
    }
    Expect.equal("the number of bytes that belong to another connection", 0, others);
  }
}
