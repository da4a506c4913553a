package org.asyncio4j.tck.rules.transports;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.ArenaBuffers;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LendingProbe;
import org.asyncio4j.tck.probe.Link;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;

/** Chapter 11, part six: the memory of lent buffers. */
@Requires(Capability.TCP_CLIENT)
final class LentMemoryRules {

  private final LoopFixture fixture;
  private final Network network;

  LentMemoryRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Lends a buffer whose memory was freed, and one of a confined arena of another thread. */
  @Rule("11.37")
  @Hint("Check the buffer of `getBuffer`, and hold its session while the system writes to it.")
  void aLentBufferWithUnusableMemoryIsReportedAndFatal() {
    try (Arena mine = ArenaBuffers.ofThisThread()) {
      expectFatalLoan(IllegalStateException.class, ArenaBuffers.freed(9));
      expectFatalLoan(WrongThreadException.class, ArenaBuffers.of(mine, "         "));
    }
  }

  private void expectFatalLoan(Class<? extends RuntimeException> type, ByteBuffer unusable) {
    LendingProbe failing =
        new LendingProbe() {
          @Override
          public ByteBuffer getBuffer(int sizeHint) {
            return unusable;
          }
        };
    Link link = network.connect(failing);
    link.peer().send("data");

    fixture.patience().await("the connection must be lost", failing.lost());
    failing.expectCalls("connectionMade", "connectionLost");
    ErrorReport report = fixture.takeReport("a buffer whose memory cannot be used");
    Throwable reason = failing.reason().orElse(null);
    Expect.same("the reason", report.exception().orElse(null), reason);
    Expect.that("the reason must be a " + type.getSimpleName(), type.isInstance(reason));
  }

  /** Lends memory that is freed within {@code bufferUpdated}, repeatedly. */
  @Rule("11.38")
  @Hint("Do not use a lent buffer after `bufferUpdated` was called, and keep no reference to it.")
  void aLentBufferMayBeFreedInBufferUpdated() {
    LendingProbe freeing = new FreeingProbe();
    Link link = network.connect(freeing);

    for (String text : List.of("one", "two", "three")) {
      link.peer().send(text);
      fixture
          .patience()
          .until("'%s' must arrive".formatted(text), () -> freeing.received().endsWith(text));
    }

    Expect.equal("what arrives", "onetwothree", freeing.received());
    network.settle(2);
    freeing.expectCalls("connectionMade", "dataReceived");
  }

  /** Lends memory of a new arena each time. */
  private static final class FreeingProbe extends LendingProbe {

    private Arena arena = ArenaBuffers.ofAllThreads();
    private ByteBuffer lent = ByteBuffer.allocate(0);

    @Override
    public ByteBuffer getBuffer(int sizeHint) {
      arena = ArenaBuffers.ofAllThreads();
      lent = ArenaBuffers.of(arena, "         ");
      return lent;
    }

    @Override
    public void bufferUpdated(int byteCount) {
      addData(lent.slice(0, byteCount));
      ArenaBuffers.free(arena, "the read");
    }
  }
}
