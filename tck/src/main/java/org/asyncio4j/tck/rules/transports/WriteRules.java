package org.asyncio4j.tck.rules.transports;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/** Chapter 10, part three: the bytes that are written. */
@Requires(Capability.TCP_CLIENT)
final class WriteRules {

  private static final int MEGABYTE = 1024 * 1024;
  private static final int MANY_BUFFERS = 5_000;

  private final LoopFixture fixture;
  private final Network network;

  WriteRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Writes several megabytes, large and small pieces, to a peer that reads in small ones. */
  @Rule("10.13")
  @Hint(
      "Keep the rest of a piece that the system took in part, before all data that is written"
          + " later.")
  void everyByteArrivesInOrder() {
    byte[] data = Flood.noise(8 * MEGABYTE);
    Link link = network.connect(new ProbeProtocol());

    network.perform(() -> {
      link.transport().write(ByteBuffer.wrap(data, 0, 5 * MEGABYTE));
      for (int start = 5 * MEGABYTE, size = 1; start < data.length; size = size % 9973 + 37) {
        int count = Math.min(size, data.length - start);
        link.transport().write(ByteBuffer.wrap(data, start, count));
        start += count;
      }
    });
    ByteArrayOutputStream arrived = new ByteArrayOutputStream(data.length);
    for (int size = 1; arrived.size() < data.length; size = (size * 7 + 1) % 50_000) {
      arrived.writeBytes(link.peer().receive(Math.min(size, data.length - arrived.size())));
    }

    expectBytes("what arrives", data, arrived.toByteArray());
  }

  /**
   * Writes more buffers at once than a system call takes, to a transport that has nothing buffered
   * and to one that has.
   */
  @Rule("10.14")
  @Hint("Pass the system 1024 buffers at a time, and keep the rest.")
  void writeLinesKeepsTheOrderOfManyBuffers() {
    Link link = network.connect(new ProbeProtocol());
    byte[] first = Flood.noise(3 * MANY_BUFFERS);
    byte[] second = Flood.noise(7 * MANY_BUFFERS);

    int filled =
        network.call(() -> {
          link.transport().writeLines(slices(first, 3));
          long bytes = Flood.fill(link.transport());
          link.transport().writeLines(slices(second, 7));
          return Math.toIntExact(bytes);
        });

    expectBytes("what arrives first", first, link.peer().receive(first.length));
    byte[] ignored = link.peer().receive(filled);
    expectBytes("what arrives then", second, link.peer().receive(second.length));
  }

  /** Changes heap and direct buffers right after they were written. */
  @Rule("10.15")
  @Hint("Copy the data that the system does not take at once.")
  void aBufferMayBeChangedAfterItWasWritten() {
    Link link = network.connect(new ProbeProtocol());

    int filled =
        network.call(() -> {
          long bytes = Flood.fill(link.transport());
          ByteBuffer heap = ByteBuffer.wrap(ascii("heap."));
          ByteBuffer direct = ByteBuffer.allocateDirect(6).put(ascii("direct")).flip();
          link.transport().write(heap);
          link.transport().write(direct);
          link.transport().writeLines(List.of(heap.rewind(), direct.rewind()));
          Arrays.fill(heap.array(), (byte) '?');
          direct.clear().put(ascii("??????"));
          return Math.toIntExact(bytes);
        });
    byte[] ignored = link.peer().receive(filled);

    Expect.equal("what arrives", "heap.directheap.direct", link.peer().receiveText(22));
  }

  /**
   * Checks positions after writing, of buffers that the system takes and of those that are kept.
   */
  @Rule("10.16")
  @Hint("Move the position to the limit, also of buffers that are copied.")
  void thePositionIsAtTheLimitAfterWriting() {
    Link link = network.connect(new ProbeProtocol());

    network.perform(() -> {
      expectTaken(link.transport(), "taken at once");
      Flood.fill(link.transport());
      expectTaken(link.transport(), "kept");
    });
  }

  private static void expectTaken(Transport transport, String how) {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int count = 0; count < 3; count++) {
      buffers.add(ByteBuffer.wrap(ascii("abcdef"), 1, 4));
    }
    transport.write(buffers.getFirst());
    transport.writeLines(buffers.subList(1, 3));
    for (ByteBuffer buffer : buffers) {
      Expect.equal("the position of a buffer that is " + how, 5, buffer.position());
      Expect.equal("the limit of a buffer that is " + how, 5, buffer.limit());
    }
  }

  /** Writes no bytes, in several ways, when a single byte would pause the protocol. */
  @Rule("10.17")
  @Hint("Return early if nothing remains in the buffer.")
  void writingNoBytesHasNoEffect() {
    ProbeProtocol protocol = new ProbeProtocol();
    Link link = network.connect(protocol);

    network.perform(() -> {
      Transport transport = link.transport();
      transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
      transport.write(new byte[0]);
      transport.write(ByteBuffer.allocate(0));
      transport.writeLines(List.of());
      transport.writeLines(List.of(ByteBuffer.allocate(0), ByteBuffer.allocate(0)));
      Expect.equal("the size", 0L, transport.writeBufferSize());
      // A system that takes bytes later would pause the protocol now.
      transport.setWriteBufferLimits(WriteBufferLimits.defaults());
      transport.write(ascii("end"));
    });

    Expect.equal("what arrives", "end", link.peer().receiveText(3));
    protocol.expectCalls("connectionMade");
  }

  /** Checks the size of the buffer while it grows and when all is written. */
  @Rule("10.18")
  @Hint(
      "Add the bytes that are kept, in every write method, and subtract those that the system"
          + " takes.")
  void writeBufferSizeCountsBufferedBytes() {
    Link link = network.connect(new ProbeProtocol());

    int written =
        network.call(() -> {
          Transport transport = link.transport();
          long filled = Flood.fill(transport);
          long size = transport.writeBufferSize();
          Expect.that("not more is buffered than the system left", size <= filled);
          transport.write(new byte[1_234]);
          Expect.equal("the size after write", size + 1_234, transport.writeBufferSize());
          transport.writeLines(List.of(ByteBuffer.allocate(5), ByteBuffer.allocate(6)));
          Expect.equal("the size after writeLines", size + 1_245, transport.writeBufferSize());
          return Math.toIntExact(filled + 1_245);
        });
    byte[] ignored = link.peer().receive(written);

    fixture
        .patience()
        .until(
            "the size must be 0 when all has arrived",
            () -> network.call(link.transport()::writeBufferSize) == 0);
  }

  /** Aborts a connection with a full buffer. */
  @Rule("10.19")
  @Hint("Clear the buffer in `abort`, and do not wait for it.")
  void abortDropsBufferedData() {
    ProbeProtocol protocol = new ProbeProtocol();
    Link link = network.connect(protocol);

    long written =
        network.call(() -> {
          Transport transport = link.transport();
          long filled = Flood.fill(transport);
          transport.write(new byte[4 * MEGABYTE]);
          transport.abort();
          Expect.equal("the size after abort", 0L, transport.writeBufferSize());
          return filled + 4 * MEGABYTE;
        });
    fixture.patience().await("the connection must be lost at once", protocol.lost());

    Expect.that("not all must arrive", link.peer().receiveAll().length < written);
    protocol.expectCalls("connectionMade", "connectionLost");
    Expect.same("the reason", null, protocol.reason().orElse(null));
  }

  private static List<ByteBuffer> slices(byte[] data, int size) {
    List<ByteBuffer> slices = new ArrayList<>();
    for (int start = 0; start < data.length; start += size) {
      slices.add(ByteBuffer.wrap(data, start, size));
    }
    return slices;
  }

  private static void expectBytes(String what, byte[] expected, byte[] found) {
    int difference = Arrays.mismatch(expected, found);
    Expect.that(
        "%s must be what was written (differs from byte %d on)".formatted(what, difference),
        difference < 0);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
