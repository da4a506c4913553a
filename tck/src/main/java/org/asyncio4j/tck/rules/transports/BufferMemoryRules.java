package org.asyncio4j.tck.rules.transports;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.ArenaBuffers;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.ProbeProtocol;

/** Chapter 10, part five: the memory of data that is written. */
@Requires(Capability.TCP_CLIENT)
final class BufferMemoryRules {

  private final Network network;
  private final ProbeProtocol protocol = new ProbeProtocol();

  BufferMemoryRules(LoopFixture fixture) {
    this.network = fixture.network();
  }

  /**
   * Writes buffers whose arena is closed, to a transport with an empty buffer and to one with a
   * full buffer.
   */
  @Rule("10.26")
  @Hint(
      "Check each buffer before the first byte of the call is taken, and hold its session while the"
          + " system reads it. A raw address taken from a `MemorySegment` gives neither"
          + " protection.")
  void freedMemoryIsNotWritten() {
    expectRefusals(IllegalStateException.class, ArenaBuffers.freed(5));
  }

  /** Writes buffers of a confined arena of another thread. */
  @Rule("10.27")
  @Hint("See rule 10.26.")
  void memoryOfAnotherThreadIsNotWritten() {
    try (Arena mine = ArenaBuffers.ofThisThread()) {
      expectRefusals(WrongThreadException.class, ArenaBuffers.of(mine, "stray"));
    }
  }

  /**
   * Closes the arena of buffers right after they were written, with data that the system takes at
   * once and data that is buffered.
   */
  @Rule("10.28")
  @Hint("Copy what the system does not take at once, and keep no reference after the call.")
  void memoryMayBeFreedOnceItIsWritten() {
    Link link = network.connect(protocol);

    int filled =
        network.call(() -> {
          writeAndFree(link.transport(), ArenaBuffers.ofAllThreads(), "shared");
          writeAndFree(link.transport(), ArenaBuffers.ofThisThread(), "mine");
          return Math.toIntExact(Flood.fill(link.transport()));
        });
    network.perform(() -> {
      writeAndFree(link.transport(), ArenaBuffers.ofAllThreads(), "kept");
      writeAndFree(link.transport(), ArenaBuffers.ofThisThread(), "also");
    });

    Expect.equal(
        "what arrives first",
        "shared123mine123",
        link.peer().receiveText("shared123mine123".length()));
    byte[] ignored = link.peer().receive(filled);
    Expect.equal(
        "what arrives then", "kept123also123", link.peer().receiveText("kept123also123".length()));
  }

  private static void writeAndFree(Transport transport, Arena arena, String text) {
    transport.write(ArenaBuffers.of(arena, text));
    transport.writeLines(
        List.of(
            ArenaBuffers.of(arena, "1"), ArenaBuffers.of(arena, "2"), ArenaBuffers.of(arena, "3")));
    ArenaBuffers.free(arena, "write");
  }

  private void expectRefusals(Class<? extends RuntimeException> type, ByteBuffer unusable) {
    Link link = network.connect(protocol);
    network.perform(() -> {
      expectRefusals(type, unusable, link.transport());
      link.transport().write(Network.bytes("taken"));
    });
    Expect.equal("what arrives", "taken", link.peer().receiveText(5));

    int filled =
        network.call(() -> {
          long bytes = Flood.fill(link.transport());
          long size = link.transport().writeBufferSize();
          expectRefusals(type, unusable, link.transport());
          Expect.equal("the size after a refusal", size, link.transport().writeBufferSize());
          link.transport().write(Network.bytes("kept"));
          return Math.toIntExact(bytes);
        });
    byte[] ignored = link.peer().receive(filled);
    Expect.equal("what arrives then", "kept", link.peer().receiveText(4));
    protocol.expectCalls("connectionMade");
  }

  private static void expectRefusals(
      Class<? extends RuntimeException> type, ByteBuffer unusable, Transport transport) {
    expectRefusal(type, "write", () -> transport.write(unusable));
    expectRefusal(type, "writeLines", () -> transport.writeLines(List.of(unusable)));
    expectRefusal(type, "writeLines", () -> transport.writeLines(List.of(unusable, text())));
    expectRefusal(type, "writeLines", () -> transport.writeLines(List.of(text(), unusable)));
  }

  private static void expectRefusal(
      Class<? extends RuntimeException> type, String operation, Runnable call) {
    RuntimeException _ =
        Expect.thrown(type, operation + " of memory that cannot be used", call::run);
  }

  private static ByteBuffer text() {
    return ByteBuffer.wrap(Network.bytes("not to be written"));
  }
}
