package org.asyncio4j.tck.rules.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.ArenaBuffers;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.StreamLink;

/** Chapter 16, part two: writing. */
@Requires(Capability.TCP_CLIENT)
final class StreamWriteRules {

  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int CHUNKS = 256;
  private static final int DRAINING = 3;
  private static final int ROUNDS = 2;

  private final LoopFixture fixture;
  private final Network network;

  StreamWriteRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Drains while the peer does not read, then makes it read; on two connections in turn. */
  @Rule("16.10")
  @Hint(
      "Call `pauseWriting` within `write`, and `resumeWriting` when the buffer has shrunk enough."
          + " See 10.1 and 10.3.")
  void drainWaitsWhileThePeerDoesNotRead() {
    for (int round = 0; round < ROUNDS; round++) {
      StreamLink link = open();
      int written = Flood.pause(network, link.writer().transport());
      CompletableFuture<Boolean> drained = network.begin(() -> drain(link));
      network.settle(3);
      Expect.that("drain must wait while the buffer is full", !drained.isDone());

      link.peer().skip(written);

      boolean ignored = network.await("drain must end when the peer has read", drained);
      network.perform(link.writer().transport()::abort);
    }
  }

  /** Makes several tasks drain, and again when the peer has read. */
  @Rule("16.11")
  @Hint("Call `resumeWriting` after each `pauseWriting`. See 10.4.")
  void allDrainingTasksContinueEachTime() {
    StreamLink link = open();
    for (int round = 0; round < 3; round++) {
      int written = Flood.pause(network, link.writer().transport());
      List<CompletableFuture<Boolean>> drained =
          IntStream.range(0, DRAINING).mapToObj(i -> network.begin(() -> drain(link))).toList();
      link.peer().skip(written);
      for (CompletableFuture<Boolean> task : drained) {
        boolean ignored = network.await("each drain must end when the peer has read", task);
      }
    }
  }

  /** Makes the peer reset the connection while a task drains, and the next connection, too. */
  @Rule("16.12")
  @Hint("Call `connectionLost`, whatever is in the buffer.")
  void aResetEndsDrainWithAnException() {
    for (int round = 0; round < ROUNDS; round++) {
      StreamLink link = open();
      int _ = Flood.pause(network, link.writer().transport());
      CompletableFuture<Boolean> drained = network.begin(() -> drain(link));
      link.peer().reset();

      Throwable failure = network.awaitFailure("drain must fail when the peer resets", drained);
      Expect.that("the failure must be an IOException", failure instanceof IOException);
    }
  }

  /** Closes with a full buffer, and waits for the end; on two connections in turn. */
  @Rule("16.13")
  @Hint("Call `connectionLost` when all is written, and not before.")
  void waitClosedReturnsWhenAllIsWritten() {
    for (int round = 0; round < ROUNDS; round++) {
      StreamLink link = open();
      greet(link);
      int written = Flood.stall(network, link.writer().transport(), (byte) 0);
      network.perform(link.writer()::close);
      CompletableFuture<Boolean> closed = network.begin(() -> waitClosed(link));
      Expect.that("waitClosed must wait for what is not written yet", !closed.isDone());

      Expect.equal("what arrives", written, link.peer().receiveAll().length);
      boolean ignored = network.await("waitClosed must end when all is written", closed);
    }
  }

  /** Closes two connections with a full buffer, whose data the peer does not accept. */
  @Rule("16.14")
  @Hint("Pass the exception to `connectionLost` of a closing connection, too.")
  void waitClosedThrowsIfNotAllCouldBeWritten() {
    for (int round = 0; round < ROUNDS; round++) {
      StreamLink link = open();
      int _ = Flood.stall(network, link.writer().transport(), (byte) 0);
      network.perform(link.writer()::close);
      CompletableFuture<Boolean> closed = network.begin(() -> waitClosed(link));
      link.peer().reset();

      Throwable failure = network.awaitFailure("waitClosed must fail when the peer resets", closed);
      Expect.that("the failure must be an IOException", failure instanceof IOException);
    }
  }

  /**
   * Writes much in one task and reads its echo in another. The peer stops reading while its own
   * data is not read.
   */
  @Rule("16.15")
  @Hint("Let a full buffer block only writing.")
  void oneTaskReadsWhileAnotherWrites() {
    StreamLink link = open();
    byte[] chunk = new byte[CHUNK_BYTES];
    Arrays.fill(chunk, (byte) 'x');
    CompletableFuture<byte[]> received =
        network.begin(() -> link.reader().readExactly(CHUNKS * CHUNK_BYTES));
    CompletableFuture<Boolean> written =
        network.begin(() -> {
          for (int i = 0; i < CHUNKS; i++) {
            link.writer().write(chunk);
            link.writer().drain();
          }
          return true;
        });
    for (int i = 0; i < CHUNKS; i++) {
      link.peer().send(link.peer().receive(CHUNK_BYTES));
    }

    boolean ignored = network.await("all must be written", written);
    byte[] echo = network.await("the whole echo must be read", received);
    Expect.that("the echo must be what was written", Arrays.mismatch(echo, all(chunk)) < 0);
  }

  /** Reads the peer's address when the peer is gone. */
  @Rule("16.16")
  @Hint("Keep the address when the transport is made.")
  void thePeersAddressStaysKnown() {
    StreamLink link = open();
    greet(link);
    Object before = network.call(() -> link.writer().extraInfo(ExtraInfo.PEERNAME).orElseThrow());
    CompletableFuture<Boolean> closed = network.begin(() -> waitClosed(link));
    link.peer().reset();
    Throwable ignored = network.awaitFailure("the connection must be lost", closed);

    Object after = network.call(() -> link.writer().extraInfo(ExtraInfo.PEERNAME).orElse(null));
    Expect.equal("the peer's address", before, after);
  }

  /** Writes and reads with buffers whose arena is closed, with data to read and without. */
  @Rule("16.22")
  @Hint("Throw the exception of the transport's `write`, and continue. See 10.26.")
  void freedMemoryIsRefused() {
    StreamLink link = open();
    ByteBuffer freed = ArenaBuffers.freed(5);

    network.run(() -> {
      expectRefusal("write", () -> link.writer().write(freed));
      expectRefusal("writeLines", () -> link.writer().writeLines(List.of(freed)));
      expectRefusal("read", () -> link.reader().read(freed));
      link.writer().write("written".getBytes(US_ASCII));
      return true;
    });
    Expect.equal("what arrives", "written", link.peer().receiveText(7));
    Arena arena = ArenaBuffers.ofAllThreads();
    ByteBuffer target = ArenaBuffers.of(arena, "     ");
    CompletableFuture<Integer> reading = network.begin(() -> link.reader().read(target));
    ArenaBuffers.freeMeanwhile(arena, fixture.patience());
    link.peer().send("ready");

    Throwable failure = network.awaitFailure("read must fail when its memory was freed", reading);
    Expect.that(
        "the failure must be an IllegalStateException", failure instanceof IllegalStateException);
    byte[] next = network.run(() -> link.reader().readExactly(5));
    Expect.equal("what is read next", "ready", new String(next, US_ASCII));
  }

  private static void expectRefusal(String operation, ThrowingRunnable<? extends Exception> call) {
    IllegalStateException _ =
        Expect.thrown(IllegalStateException.class, operation + " with freed memory", call);
  }

  private StreamLink open() {
    return network.open(StreamOptions.defaults());
  }

  private void greet(StreamLink link) {
    network.perform(() -> link.writer().write("hello".getBytes(US_ASCII)));
    Expect.equal("what the peer receives", "hello", link.peer().receiveText(5));
    CompletableFuture<byte[]> received = network.begin(() -> link.reader().readExactly(7));
    link.peer().send("welcome");
    Expect.equal("what is read", 7, network.await("the response must be read", received).length);
  }

  private static byte[] all(byte[] chunk) {
    byte[] all = new byte[CHUNKS * CHUNK_BYTES];
    Arrays.fill(all, chunk[0]);
    return all;
  }

  private static boolean drain(StreamLink link) throws IOException {
    link.writer().drain();
    return true;
  }

  private static boolean waitClosed(StreamLink link) throws IOException {
    link.writer().waitClosed();
    return true;
  }
}
