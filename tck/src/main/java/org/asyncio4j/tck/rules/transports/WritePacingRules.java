package org.asyncio4j.tck.rules.transports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
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
import org.asyncio4j.tck.probe.Trace;
import org.jspecify.annotations.Nullable;

/** Chapter 10, part one: when a writer is paused and resumed. */
@Requires(Capability.TCP_CLIENT)
final class WritePacingRules {

  private static final int MEGABYTE = 1024 * 1024;
  private static final int ROUNDS = 8;
  private static final int CHUNK_BYTES = 100 * 1024;
  private static final long MUCH = 128L * MEGABYTE;

  private final LoopFixture fixture;
  private final Network network;

  WritePacingRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Fills the buffer up to the high-water mark, and then writes one byte more. */
  @Rule("10.1")
  @Hint(
      "Compare the size with the mark at the end of `write` and `writeLines`, and call the protocol"
          + " from there.")
  void writeCallsPauseWritingAboveTheHighWaterMark() {
    ProbeProtocol protocol = new ProbeProtocol();
    Link link = network.connect(protocol);

    network.perform(() -> {
      Transport transport = link.transport();
      Flood.fill(transport);
      long high = transport.writeBufferSize() + 10;
      transport.setWriteBufferLimits(new WriteBufferLimits(0, high));
      transport.write(new byte[10]);
      protocol.expectCalls("connectionMade");
      transport.write(new byte[1]);
      protocol.expectCalls("connectionMade", "pauseWriting");
    });
  }

  /** Continues to write after {@code pauseWriting}. */
  @Rule("10.2")
  @Hint("Record that the protocol is paused.")
  void pauseWritingIsCalledOnce() {
    ProbeProtocol protocol = new ProbeProtocol();
    Link link = network.connect(protocol);
    Transport transport = link.transport();
    int _ = Flood.stall(network, transport, (byte) 0);

    network.perform(() -> {
      transport.setWriteBufferLimits(new WriteBufferLimits(0, transport.writeBufferSize()));
      for (int count = 0; count < ROUNDS; count++) {
        transport.write(new byte[100]);
      }
      transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(1));
    });

    network.settle(2);
    protocol.expectCalls("connectionMade", "pauseWriting");
  }

  /** Lets the peer read while the buffer is far above the low-water mark. */
  @Rule("10.3")
  @Hint("Compare the size with the low-water mark after each write to the socket.")
  void resumeWritingIsCalledAtTheLowWaterMark() {
    long low = 64 * 1024;
    AtomicReference<@Nullable Transport> transport = new AtomicReference<>();
    List<Long> sizes = Collections.synchronizedList(new ArrayList<>());
    Link link = network.connect(noting(transport, sizes));
    long written =
        network.call(() -> {
          transport.set(link.transport());
          long filled = Flood.fill(link.transport());
          link.transport().setWriteBufferLimits(new WriteBufferLimits(low, 4 * MEGABYTE));
          link.transport().write(new byte[6 * MEGABYTE]);
          return filled + 6 * MEGABYTE;
        });

    byte[] ignored = link.peer().receive(Math.toIntExact(written));

    fixture.patience().until("resumeWriting must be called", () -> !sizes.isEmpty());
    Expect.that(
        "at resumeWriting not more than %d bytes must be buffered (found %s)".formatted(low, sizes),
        sizes.getFirst() <= low);
  }

  private static ProbeProtocol noting(
      AtomicReference<@Nullable Transport> transport, List<Long> sizes) {
    return new ProbeProtocol() {
      @Override
      public void resumeWriting() {
        Transport resumed = transport.get();
        if (resumed != null) {
          sizes.add(resumed.writeBufferSize());
        }
      }
    };
  }

  /** Writes up to a pause while the peer does not read, and then lets it read, repeatedly. */
  @Rule("10.4")
  @Hint(
      "Use one flag, set by one call and cleared by the other, for whether the protocol is paused.")
  void pauseAndResumeAlternate() {
    ProbeProtocol protocol = new ProbeProtocol();
    Link link = network.connect(protocol);
    List<String> expected = new ArrayList<>(List.of("connectionMade"));

    for (int round = 0; round < ROUNDS; round++) {
      long written = network.call(() -> writeUntilPaused(link.transport(), protocol.trace()));
      link.peer().skip(written);
      expected.addAll(List.of("pauseWriting", "resumeWriting"));
      fixture
          .patience()
          .until("each pause must end", () -> protocol.trace().events().size() >= expected.size());
    }

    Expect.equal("the calls of the protocol", expected, protocol.trace().events());
  }

  // The system may take any amount at first, even megabytes.
  private static long writeUntilPaused(Transport transport, Trace calls) {
    int pauses = calls.count("pauseWriting");
    long written = 0;
    while (calls.count("pauseWriting") == pauses && written < MUCH) {
      transport.write(new byte[CHUNK_BYTES]);
      written += CHUNK_BYTES;
    }
    return written;
  }

  /** Sets the high-water mark to 0. */
  @Rule("10.5")
  @Hint("Pause when the size is greater than the mark; 0 is a mark like any other.")
  void aHighWaterMarkOfZeroPausesWheneverAnythingIsBuffered() {
    ProbeProtocol protocol = new ProbeProtocol();
    Link link = network.connect(protocol);

    long written =
        network.call(() -> {
          Transport transport = link.transport();
          transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
          long bytes = 0;
          while (transport.writeBufferSize() == 0 && bytes < MUCH) {
            protocol.expectCalls("connectionMade");
            transport.write(new byte[64 * 1024]);
            bytes += 64 * 1024;
          }
          return bytes;
        });
    fixture
        .patience()
        .until("it must be paused", () -> protocol.trace().count("pauseWriting") == 1);
    byte[] ignored = link.peer().receive(Math.toIntExact(written));

    fixture
        .patience()
        .until("it must be resumed", () -> protocol.trace().count("resumeWriting") == 1);
    Expect.equal("the size", 0L, network.call(() -> link.transport().writeBufferSize()));
  }
}
