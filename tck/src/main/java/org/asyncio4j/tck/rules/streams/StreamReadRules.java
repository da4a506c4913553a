package org.asyncio4j.tck.rules.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.stream.StreamOptions;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.Flood;
import org.asyncio4j.tck.probe.LoopFixture;
import org.asyncio4j.tck.probe.Network;
import org.asyncio4j.tck.probe.StreamLink;

/** Chapter 16, part one: reading. */
@Requires(Capability.TCP_CLIENT)
final class StreamReadRules {

  private static final int MEGABYTE = 1024 * 1024;
  private static final int MORE_THAN_SYSTEMS_BUFFER = 32 * MEGABYTE;

  private final LoopFixture fixture;
  private final Network network;

  StreamReadRules(LoopFixture fixture) {
    this.fixture = fixture;
    this.network = fixture.network();
  }

  /** Sends every byte value, in both directions. */
  @Rule("16.1")
  @Hint("Treat all bytes alike, also zero and those above 127.")
  void everyByteArrivesBothWays() {
    StreamLink link = open();
    byte[] each = new byte[256];
    for (int i = 0; i < each.length; i++) {
      each[i] = (byte) i;
    }

    network.perform(() -> link.writer().write(each));
    Expect.that("the peer must receive each byte", Arrays.equals(each, link.peer().receive(256)));
    CompletableFuture<byte[]> received = network.begin(() -> link.reader().readExactly(256));
    link.peer().send(each);

    byte[] found = network.await("as many bytes must be read as the peer sends", received);
    Expect.that("each byte of the peer must be read", Arrays.equals(each, found));
  }

  /** Sends a line in three pieces, which the loop receives one after the other. */
  @Rule("16.2")
  @Hint("Call `dataReceived` for each piece, however small.")
  void aLineMayArriveInPieces() {
    StreamLink link = open();
    CompletableFuture<byte[]> line = network.begin(() -> link.reader().readLine());
    for (String piece : new String[] {"a", "bcd", "e\n"}) {
      Expect.that("a line must not be read before its end", !line.isDone());
      link.peer().send(piece);
      network.settle(2);
    }
    expectText("abcde\n", network.await("a line must be read when its end has come", line));
  }

  /** Sends several lines at once, and reads them one by one. */
  @Rule("16.3")
  @Hint("Pass the whole piece to the protocol, however many lines it has.")
  void severalLinesMayArriveTogether() {
    StreamLink link = open();
    link.peer().send("one\ntwo\nthree\n");
    for (String expected : new String[] {"one\n", "two\n", "three\n"}) {
      expectText(expected, readLine(link));
    }
  }

  /** Makes the peer end its output, then responds to it. */
  @Rule("16.4")
  @Hint("Leave the transport open when `eofReceived` returns true. See 11.8.")
  void theEndOfThePeersOutputEndsOnlyReads() {
    StreamLink link = open();
    CompletableFuture<byte[]> rest = network.begin(() -> link.reader().readAll());
    link.peer().send("question");
    link.peer().sendEof();
    expectText("question", network.await("readAll must end when the peer has ended", rest));
    Expect.that("the stream must be at its end", network.call(link.reader()::atEof));
    network.perform(() -> link.writer().write("result".getBytes(US_ASCII)));
    Expect.equal("what the peer receives", "result", link.peer().receiveText(6));
  }

  /** Ends the output and then waits for the response. */
  @Rule("16.5")
  @Hint("Shut down the output and nothing else. See 11.2.")
  @Requires(Capability.HALF_CLOSE)
  void theResponseIsReadAfterWriteEof() {
    StreamLink link = open();
    network.perform(() -> {
      link.writer().write("question".getBytes(US_ASCII));
      link.writer().writeEof();
    });
    Expect.equal("all that the peer receives", 8, link.peer().receiveAll().length);
    CompletableFuture<byte[]> answer = network.begin(() -> link.reader().readExactly(6));
    link.peer().send("result");

    expectText("result", network.await("the response must be read", answer));
  }

  /** Makes the peer send much more than the limit, and reads nothing. */
  @Rule("16.6")
  @Hint("Deliver nothing after `pauseReading`, and stop reading. See 10.21.")
  void aPeerThatSendsTooFastIsSlowedDown() {
    StreamLink link = network.open(StreamOptions.defaults().withLimitBytes(1024));
    link.peer().sendInBackground(letters(MORE_THAN_SYSTEMS_BUFFER));
    network.awaitStandstill(link.peer());

    Expect.that(
        "a peer whose bytes are not read must be slowed down",
        link.peer().sent() < MORE_THAN_SYSTEMS_BUFFER);
    fixture
        .patience()
        .until(
            "the transport must be paused",
            () -> !network.call(link.writer().transport()::isReading));
  }

  /** Makes the peer send too much, and then reads all of it in small pieces. */
  @Rule("16.7")
  @Hint("Deliver earlier data after `resumeReading`. See 10.22.")
  void noDataIsLostWhenAPeerIsSlowedDown() {
    StreamLink link = network.open(StreamOptions.defaults().withLimitBytes(1024));
    byte[] sent = letters(2 * MEGABYTE);
    link.peer().sendInBackground(sent);
    link.peer().awaitStandstill();

    CompletableFuture<Integer> wrong = network.begin(() -> firstDifference(sent, link.reader()));

    Expect.equal("the first byte that is wrong", -1, network.await("all must be read", wrong));
  }

  private static int firstDifference(byte[] sent, StreamReader reader) throws IOException {
    for (int at = 0; at < sent.length; ) {
      byte[] piece = reader.read(1500);
      Expect.that("the stream must not end early", piece.length > 0);
      int wrong = Arrays.mismatch(piece, Arrays.copyOfRange(sent, at, at + piece.length));
      if (wrong >= 0) {
        return at + wrong;
      }
      at += piece.length;
    }
    return -1;
  }

  /** Cancels a task that reads when the first half of the requested data has arrived. */
  @Rule("16.8")
  @Hint("A cancelled future must not affect those created later.")
  void aCancelledReadLosesNothing() {
    StreamLink link = open();
    CompletableFuture<byte[]> cancelled = network.begin(() -> link.reader().readExactly(6));
    link.peer().send("abc");
    fixture
        .patience()
        .until(
            "what the peer sends must arrive",
            () -> network.call(() -> link.reader().toString().contains("3 bytes")));

    Expect.that("a task that reads must take a cancellation", cancelled.cancel(true));
    network.settle(3);
    CompletableFuture<byte[]> next = network.begin(() -> link.reader().readExactly(6));
    link.peer().send("def");

    expectText("abcdef", network.await("the next read must return all bytes", next));
  }

  /** Makes the peer reset the connection while a task reads. */
  @Rule("16.9")
  @Hint("Call `connectionLost` with the exception. See 11.11.")
  void aResetEndsReadsWithAnException() {
    StreamLink link = open();
    CompletableFuture<byte[]> line = network.begin(() -> link.reader().readLine());
    link.peer().reset();

    Throwable failure = network.awaitFailure("a read must fail when the peer resets", line);
    Expect.that("the failure must be an IOException", failure instanceof IOException);
    Expect.same(
        "what the reader reports", failure, network.call(link.reader()::exception).orElse(null));
  }

  private StreamLink open() {
    return network.open(StreamOptions.defaults());
  }

  private byte[] readLine(StreamLink link) {
    CompletableFuture<byte[]> line = network.begin(() -> link.reader().readLine());
    return network.await("a line that has arrived must be read", line);
  }

  private static void expectText(String expected, byte[] found) {
    Expect.equal("what is read", expected, new String(found, US_ASCII));
  }

  private static byte[] letters(int count) {
    byte[] data = Flood.noise(count);
    for (int i = 0; i < count; i++) {
      data[i] = (byte) ('a' + (data[i] & 0xF));
    }
    return data;
  }
}
