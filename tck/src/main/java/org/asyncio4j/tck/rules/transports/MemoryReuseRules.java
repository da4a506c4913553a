package org.asyncio4j.tck.rules.transports;

import java.util.Arrays;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.Links;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Recorder;

/** Chapter 10, part six: memory that several connections use in turn. */
@Requires(Capability.TCP_CLIENT)
final class MemoryReuseRules {

  private static final int ROUNDS = 3;
  private static final int LATER_BYTES = 10_000;

  private final LoopFixture fixture;
  private final Links links;

  MemoryReuseRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.links = new Links(fixture);
  }

  /**
   * Aborts a connection that has much to write, and immediately writes on another one.
   *
   * <p>If it fails: memory that was passed to the system belongs to it until the write has ended,
   * even if the connection is aborted or closed earlier. Reuse it only then.
   */
  @Rule("10.29")
  void memoryIsNotWrittenToTheWrongPeer() {
    for (int round = 0; round < ROUNDS; round++) {
      Link aborted = links.connect(new Recorder());
      Link other = links.connect(new Recorder());

      int written =
          links.ask(() -> {
            long ignored = Links.fill(aborted.transport(), (byte) 'a');
            aborted.transport().abort();
            return Math.toIntExact(Links.fill(other.transport(), (byte) 'b'));
          });

      expectOnly('b', other.wire().receive(written));
      expectOnly('a', aborted.wire().receiveUntilLost());
    }
  }

  /**
   * Aborts a connection to which much is sent, and immediately sends to another one.
   *
   * <p>If it fails: memory that was passed to the system for a read belongs to it until the read
   * has ended, even if the connection is aborted or closed earlier. Reuse it only then.
   */
  @Rule("10.30")
  void dataIsNotDeliveredToTheWrongProtocol() {
    for (int round = 0; round < ROUNDS; round++) {
      Recorder first = new Recorder();
      Recorder second = new Recorder();
      Link aborted = links.connect(first);
      Link other = links.connect(second);
      byte[] much = new byte[1024 * 1024];
      Arrays.fill(much, (byte) 'a');
      aborted.wire().sendInBackground(much);
      fixture.patience().until("data must arrive", () -> first.calls().size() > 0);

      links.act(aborted.transport()::abort);
      byte[] later = new byte[LATER_BYTES];
      Arrays.fill(later, (byte) 'b');
      other.wire().send(later);

      fixture.patience().until("all data must arrive", () -> second.calls().size() >= LATER_BYTES);
      expectOnly('b', second.calls().bytes());
      expectOnly('a', first.calls().bytes());
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
