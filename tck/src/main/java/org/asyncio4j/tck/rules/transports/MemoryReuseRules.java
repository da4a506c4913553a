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
  private static final int LATER_BYTES = 10_000;

  private final LoopFixture fixture;
  private final Network network;

  MemoryReuseRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Aborts a connection that has much to write, and immediately writes on another one. */
  @Rule("10.29")
  @Hint(
      "Memory that was passed to the system belongs to it until the write has ended, even if the"
          + " connection is aborted or closed earlier. Reuse it only then.")
  void memoryIsNotWrittenToTheWrongPeer() {
    for (int round = 0; round < ROUNDS; round++) {
      Link aborted = network.connect(new ProbeProtocol());
      Link other = network.connect(new ProbeProtocol());

      int written =
          network.call(() -> {
            long ignored = Flood.fill(aborted.transport(), (byte) 'a');
            aborted.transport().abort();
            return Math.toIntExact(Flood.fill(other.transport(), (byte) 'b'));
          });

      expectOnly('b', other.peer().receive(written));
      expectOnly('a', aborted.peer().receiveUntilLost());
    }
  }

  /** Aborts a connection to which much is sent, and immediately sends to another one. */
  @Rule("10.30")
  @Hint(
      "Memory that was passed to the system for a read belongs to it until the read has ended, even"
          + " if the connection is aborted or closed earlier. Reuse it only then.")
  void dataIsNotDeliveredToTheWrongProtocol() {
    for (int round = 0; round < ROUNDS; round++) {
      ProbeProtocol first = new ProbeProtocol();
      ProbeProtocol second = new ProbeProtocol();
      Link aborted = network.connect(first);
      Link other = network.connect(second);
      byte[] much = new byte[1024 * 1024];
      Arrays.fill(much, (byte) 'a');
      aborted.peer().sendInBackground(much);
      fixture.patience().until("data must arrive", () -> first.receivedCount() > 0);

      network.perform(aborted.transport()::abort);
      byte[] later = new byte[LATER_BYTES];
      Arrays.fill(later, (byte) 'b');
      other.peer().send(later);

      fixture.patience().until("all data must arrive", () -> second.receivedCount() >= LATER_BYTES);
      expectOnly('b', second.receivedBytes());
      expectOnly('a', first.receivedBytes());
    }
  }

  private static void expectOnly(char content, byte[] bytes) {
    int others = 0;
    for (byte each : bytes) {
      others += each == content ? 0 : 1;
    }
    Expect.equal("the number of bytes that belong to another connection", 0, others);
  }
}
