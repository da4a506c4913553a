package org.asyncio4j.tck.rules.transports;

import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LogProbe;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;

/** Chapter 11, part seven: data that is written when the peer is gone. */
@Requires(Capability.TCP_CLIENT)
final class DroppedWriteRules {

  private static final int MANY_WRITES = 50;

  private final LoopFixture fixture;
  private final Network network;

  DroppedWriteRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /**
   * Writes often to connections that their peers have reset, before and after the protocol is
   * notified.
   */
  @Rule("11.46")
  @Hint("Do not log dropped data, or log it at the level DEBUG.")
  void writingAfterAResetLogsNoWarning() {
    try (LogProbe log = LogProbe.start()) {
      for (int round = 0; round < 3; round++) {
        ProbeProtocol protocol = new ProbeProtocol();
        Link link = network.connect(protocol);
        Transport transport = link.transport();
        String name = network.call(transport::toString);
        link.peer().reset();
        fixture
            .patience()
            .until(
                "connectionLost must be called",
                () -> {
                  network.perform(() -> writeOften(transport));
                  return protocol.lost().getCount() == 0;
                });
        network.perform(() -> writeOften(transport));
        String nameThen = network.call(transport::toString);
        Expect.that(
            "what is written after a reset must not be logged as a warning but was: "
                + log.entries(),
            log.entries().stream()
                .map(LogProbe.Entry::message)
                .noneMatch(message -> message.contains(name) || message.contains(nameThen)));
      }
    }
  }

  private static void writeOften(Transport transport) {
    for (int write = 0; write < MANY_WRITES; write++) {
      transport.write(new byte[1]);
    }
  }
}
