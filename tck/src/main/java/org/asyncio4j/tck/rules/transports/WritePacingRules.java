package org.asyncio4j.tck.rules.transports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.Links;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.RecordedCalls;
import org.asyncio4j.tck.probe.Recorder;
import org.jspecify.annotations.Nullable;

/** Chapter 10, part one: when a writer is paused and resumed. */
@Requires(Capability.TCP_CLIENT)
final class WritePacingRules {

  private static final int MEGABYTE = 1024 * 1024;
  private static final int ROUNDS = 8;
  private static final int CHUNK_BYTES = 100 * 1024;
  private static final long MUCH = 128L * MEGABYTE;

  private final LoopFixture fixture;
  private final Links links;

  WritePacingRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.links = new Links(fixture);
  }

  /**
   * Fills the buffer up to the high-water mark, and then writes one byte more.
   *
   * <p>If it fails: compare the size with the mark at the end of {@code write} and {@code
   * writeLines}, and call the protocol from there.
   */
  @Rule("10.1")
  void writeCallsPauseWritingAboveTheHighWaterMark() {
    Recorder protocol = new Recorder();
    Link link = links.connect(protocol);

    links.act(() -> {
      Transport transport = link.transport();
      Links.fill(transport);
      long high = transport.writeBufferSize() + 10;
      transport.setWriteBufferLimits(new WriteBufferLimits(0, high));
      transport.write(new byte[10]);
      protocol.calls().expect("connectionMade");
      transport.write(new byte[1]);
      protocol.calls().expect("connectionMade", "pauseWriting");
    });
  }

  /**
   * Continues to write after {@code pauseWriting}.
   *
   * <p>If it fails: record that the protocol is paused.
   */
  @Rule("10.2")
  void pauseWritingIsCalledOnce() {
    Recorder protocol = new Recorder();
    Link link = links.connect(protocol);

    links.act(() -> {
      Transport transport = link.transport();
      Links.fill(transport);
      transport.setWriteBufferLimits(new WriteBufferLimits(0, transport.writeBufferSize()));
      for (int count = 0; count < ROUNDS; count++) {
        transport.write(new byte[100]);
      }
      transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(1));
    });

    links.settle(2);
    protocol.calls().expect("connectionMade", "pauseWriting");
  }

  /**
   * Lets the peer read while the buffer is far above the low-water mark.
   *
   * <p>If it fails: compare the size with the low-water mark after each write to the socket.
   */
  @Rule("10.3")
  void resumeWritingIsCalledAtTheLowWaterMark() {
    long low = 64 * 1024;
    AtomicReference<@Nullable Transport> transport = new AtomicReference<>();
    List<Long> sizes = Collections.synchronizedList(new ArrayList<>());
    Link link = links.connect(noting(transport, sizes));
    long written =
        links.ask(() -> {
          transport.set(link.transport());
          long filled = Links.fill(link.transport());
          link.transport().setWriteBufferLimits(new WriteBufferLimits(low, 4 * MEGABYTE));
          link.transport().write(new byte[6 * MEGABYTE]);
          return filled + 6 * MEGABYTE;
        });

    byte[] ignored = link.wire().receive(Math.toIntExact(written));

    fixture.patience().until("resumeWriting must be called", () -> !sizes.isEmpty());
    Expect.that(
        "at resumeWriting not more than %d bytes must be buffered (found %s)".formatted(low, sizes),
        sizes.getFirst() <= low);
  }

  private static Recorder noting(AtomicReference<@Nullable Transport> transport, List<Long> sizes) {
    return new Recorder() {
      @Override
      public void resumeWriting() {
        Transport resumed = transport.get();
        if (resumed != null) {
          sizes.add(resumed.writeBufferSize());
        }
      }
    };
  }

  /**
   * Writes up to a pause while the peer does not read, and then lets it read, repeatedly.
   *
   * <p>If it fails: use one flag, set by one call and cleared by the other, for whether the
   * protocol is paused.
   */
  @Rule("10.4")
  void pauseAndResumeAlternate() {
    Recorder protocol = new Recorder();
    Link link = links.connect(protocol);
    List<String> expected = new ArrayList<>(List.of("connectionMade"));

    for (int round = 0; round < ROUNDS; round++) {
      long written = links.ask(() -> writeUntilPaused(link.transport(), protocol.calls()));
      link.wire().skip(written);
      expected.addAll(List.of("pauseWriting", "resumeWriting"));
      fixture
          .patience()
          .until("each pause must end", () -> protocol.calls().events().size() >= expected.size());
    }

    Expect.equal("the calls of the protocol", expected, protocol.calls().events());
  }

  // The system may take any amount at first, even megabytes.
  private static long writeUntilPaused(Transport transport, RecordedCalls received) {
    int pauses = received.count("pauseWriting");
    long written = 0;
    while (received.count("pauseWriting") == pauses && written < MUCH) {
      transport.write(new byte[CHUNK_BYTES]);
      written += CHUNK_BYTES;
    }
    return written;
  }

  /**
   * Sets the high-water mark to 0.
   *
   * <p>If it fails: pause when the size is greater than the mark; 0 is a mark like any other.
   */
  @Rule("10.5")
  void aHighWaterMarkOfZeroPausesWheneverAnythingIsBuffered() {
    Recorder protocol = new Recorder();
    Link link = links.connect(protocol);

    long written =
        links.ask(() -> {
          Transport transport = link.transport();
          transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
          long bytes = 0;
          while (transport.writeBufferSize() == 0 && bytes < MUCH) {
            protocol.calls().expect("connectionMade");
            transport.write(new byte[64 * 1024]);
            bytes += 64 * 1024;
          }
          return bytes;
        });
    fixture
        .patience()
        .until("it must be paused", () -> protocol.calls().count("pauseWriting") == 1);
    byte[] ignored = link.wire().receive(Math.toIntExact(written));

    fixture
        .patience()
        .until("it must be resumed", () -> protocol.calls().count("resumeWriting") == 1);
    Expect.equal("the size", 0L, links.ask(() -> link.transport().writeBufferSize()));
  }
}
