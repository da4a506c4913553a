package org.asyncio4j.tck.rules.transports;

import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.Links;
import org.asyncio4j.tck.probe.LogProbe;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Recorder;

/** Chapter 11, part seven: data that is written when the peer is gone. */
@Requires(Capability.TCP_CLIENT)
final class DroppedWriteRules {

  private static final int MANY_WRITES = 50;

  private final LoopFixture fixture;
  private final Links links;

  DroppedWriteRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.links = new Links(fixture);
  }

  /**
   * Writes often to connections that their peers have reset, before and after the protocol is
   * notified.
   *
   * <p>If it fails: do not log dropped data, or log it at the level DEBUG.
   */
  @Rule("11.46")
  void writingAfterAResetLogsNoWarning() {
    try (LogProbe log = LogProbe.start()) {
      for (int round = 0; round < 3; round++) {
        Recorder protocol = new Recorder();
        Link link = links.connect(protocol);
        Transport transport = link.transport();
        String name = links.ask(transport::toString);
        link.wire().reset();
        fixture
            .patience()
            .until(
                "connectionLost must be called",
                () -> {
                  links.act(() -> writeOften(transport));
                  return protocol.calls().isLost();
                });
        links.act(() -> writeOften(transport));
        String nameThen = links.ask(transport::toString);
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
