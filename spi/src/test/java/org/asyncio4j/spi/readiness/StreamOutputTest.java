package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.driver.Interest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamOutputTest {

  private final Scenario scenario = new Scenario();
  private final ScriptedStream socket = scenario.connected();
  private final RecordingProtocol protocol = new RecordingProtocol();
  private final Transport transport = scenario.open(socket, protocol);

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void writesAtOnceByOneCallAndWatchesForNothing() {
    ByteBuffer data = bytes("hello");

    transport.write(data);

    assertThat(socket.sent()).isEqualTo("hello");
    assertThat(data.hasRemaining()).isFalse();
    assertThat(socket.calls).containsExactly("write");
    assertThat(socket.interests).containsExactly(Interest.READ);
    assertThat(transport.writeBufferSize()).isZero();
  }

  @Test
  void copiesTheRestAndWritesItWhenThereIsRoom() {
    byte[] array = "abcdef".getBytes(UTF_8);
    ByteBuffer data = ByteBuffer.wrap(array);
    socket.room = 2;

    transport.write(data);
    Arrays.fill(array, (byte) '#');
    assertThat(data.position()).isEqualTo(6);
    assertThat(data.limit()).isEqualTo(6);
    assertThat(transport.writeBufferSize()).isEqualTo(4);
    assertThat(socket.interest()).isEqualTo(Interest.READ | Interest.WRITE);
    socket.room = 3;
    scenario.tick();
    assertThat(socket.interest()).isEqualTo(Interest.READ | Interest.WRITE);
    socket.room = 3;
    scenario.tick();

    assertThat(socket.sent()).isEqualTo("abcdef");
    assertThat(transport.writeBufferSize()).isZero();
    assertThat(socket.interest()).isEqualTo(Interest.READ);
  }

  @Test
  void queuesBehindQueuedDataWithoutTryingTheSocket() {
    socket.room = 0;
    transport.write(bytes("a"));
    socket.room = 100;

    transport.write(bytes("b"));
    assertThat(socket.calls).containsExactly("write");
    scenario.tick();

    assertThat(socket.sent()).isEqualTo("ab");
  }

  @Test
  void writesOnlyBytesBetweenPositionAndLimit() {
    transport.write(ByteBuffer.wrap("abcdef".getBytes(UTF_8), 1, 3));

    assertThat(socket.sent()).isEqualTo("bcd");
  }

  @Test
  void anEmptyBufferIsNoWrite() {
    transport.write(bytes(""));
    transport.writeLines(List.of(bytes(""), bytes("")));

    assertThat(socket.calls).isEmpty();
  }

  @Test
  void writesLargeDataInPiecesUntilTheSystemTakesNoMore() {
    byte[] data = new byte[3 * Scenario.WRITE_BYTES];
    data[data.length - 1] = 1;
    socket.room = Scenario.WRITE_BYTES + 5;
    ByteBuffer buffer = ByteBuffer.wrap(data);

    transport.write(buffer);

    assertThat(socket.calls).containsExactly("write", "write");
    assertThat(buffer.position()).isEqualTo(data.length);
    assertThat(transport.writeBufferSize()).isEqualTo(2 * Scenario.WRITE_BYTES - 5);
    socket.room = Long.MAX_VALUE;
    scenario.ticks(3);
    assertThat(socket.sentBytes()).isEqualTo(data);
  }

  @Test
  void writesSeveralBuffersByOneCall() {
    List<ByteBuffer> lines = List.of(bytes("ab"), bytes(""), bytes("cd"));

    transport.writeLines(lines);

    assertThat(socket.calls).containsExactly("gather");
    assertThat(socket.sent()).isEqualTo("abcd");
    assertThat(lines).noneMatch(ByteBuffer::hasRemaining);
  }

  @Test
  void copiesTheRestOfSeveralBuffers() {
    List<ByteBuffer> lines = List.of(bytes("ab"), bytes("cd"), bytes("ef"));
    socket.room = 3;

    transport.writeLines(lines);
    lines.forEach(line -> line.put(0, (byte) '#'));
    assertThat(transport.writeBufferSize()).isEqualTo(3);
    assertThat(socket.interest()).isEqualTo(Interest.READ | Interest.WRITE);
    socket.room = 3;
    scenario.tick();

    assertThat(socket.sent()).isEqualTo("abcdef");
  }

  @Test
  void writesMoreBuffersThanOneCallTakesInOrder() {
    List<ByteBuffer> lines = new ArrayList<>();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 2500; i++) {
      lines.add(bytes(i + ","));
      expected.append(i).append(',');
    }

    transport.writeLines(lines);

    assertThat(socket.gathered).containsExactly(1024, 1024, 452);
    assertThat(socket.sent()).hasToString(expected.toString());
  }

  @Test
  void aBufferThatComesTwiceIsWrittenOnce() {
    ByteBuffer line = bytes("ab");

    transport.writeLines(List.of(line, line));

    assertThat(socket.sent()).isEqualTo("ab");
  }

  @Test
  void severalBuffersQueueBehindQueuedData() {
    socket.room = 0;
    transport.write(bytes("a"));
    socket.room = 100;

    transport.writeLines(List.of(bytes("b"), bytes("c")));
    assertThat(socket.sent()).isEmpty();
    scenario.tick();

    assertThat(socket.sent()).isEqualTo("abc");
  }

  @Test
  void aFailedWriteIsForTheProtocolAndNotForTheExceptionHandler() {
    socket.writeFailure = new IOException("Broken pipe");
    ByteBuffer data = bytes("ab");

    transport.write(data);
    assertThat(data.hasRemaining()).isFalse();
    assertThat(transport.isClosing()).isTrue();
    assertThat(protocol.events).containsExactly("made");
    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made", "lost with exception");
    assertThat(protocol.reason).isSameAs(socket.writeFailure);
  }

  @Test
  void aFailedWriteOfSeveralBuffersLosesTheConnection() {
    socket.writeFailure = new IOException("Broken pipe");
    List<ByteBuffer> lines = List.of(bytes("ab"), bytes("cd"));

    transport.writeLines(lines);
    scenario.tick();

    assertThat(lines).noneMatch(ByteBuffer::hasRemaining);
    assertThat(protocol.reason).isSameAs(socket.writeFailure);
  }

  @Test
  void aFailedWriteOfQueuedDataLosesTheConnection() {
    socket.room = 0;
    transport.write(bytes("ab"));
    socket.writeFailure = new IOException("Broken pipe");

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made", "lost with exception");
    assertThat(protocol.reason).isSameAs(socket.writeFailure);
    assertThat(transport.writeBufferSize()).isZero();
  }

  @Test
  void aDefectOfTheDriverIsReported() {
    socket.writeDefect = new IllegalStateException("driver");

    transport.write(bytes("ab"));
    scenario.tick();

    assertThat(scenario.takeReport().message()).isEqualTo("Fatal write error on socket transport");
    assertThat(protocol.reason).isSameAs(socket.writeDefect);
  }

  @Test
  void dropsDataWrittenAfterTheConnectionWasLost() {
    transport.abort();
    ByteBuffer data = bytes("ab");
    ByteBuffer line = bytes("cd");

    transport.write(data);
    transport.writeLines(List.of(line));
    scenario.tick();
    for (int i = 0; i < 10; i++) {
      transport.write("late".getBytes(UTF_8));
    }

    assertThat(data.hasRemaining()).isFalse();
    assertThat(line.hasRemaining()).isFalse();
    assertThat(socket.calls).isEmpty();
    assertThat(transport.writeBufferSize()).isZero();
  }

  @Test
  void takesMoreWhileItFlushesBeforeItCloses() {
    socket.room = 1;
    transport.write(bytes("ab"));
    transport.close();

    transport.write(bytes("cd"));
    socket.room = 3;
    scenario.tick();

    assertThat(socket.sent()).isEqualTo("abcd");
    assertThat(protocol.events).containsExactly("made", "lost");
  }

  @Test
  void endsTheOutputAtOnceAndContinuesReading() {
    transport.writeEof();
    transport.writeEof();
    socket.arrives("x");
    scenario.tick();

    assertThat(socket.calls).containsExactly("shutdown", "read");
    assertThat(protocol.events).containsExactly("made", "data x");
    assertThat(transport.isClosing()).isFalse();
  }

  @Test
  void endsTheOutputAfterQueuedData() {
    socket.room = 0;
    transport.write(bytes("ab"));
    transport.writeEof();
    assertThat(socket.calls).containsExactly("write");

    socket.room = 1;
    scenario.tick();
    assertThat(socket.calls).doesNotContain("shutdown");
    socket.room = 1;
    scenario.ticks(2);

    assertThat(socket.sent()).isEqualTo("ab");
    assertThat(socket.calls).containsExactly("write", "write", "write", "shutdown");
    assertThat(socket.interest()).isEqualTo(Interest.READ);
  }

  @Test
  void refusesToWriteAfterTheEnd() {
    transport.writeEof();
    ByteBuffer data = bytes("ab");

    assertThatIllegalStateException()
        .isThrownBy(() -> transport.write(data))
        .withMessage("Cannot call write() after writeEof()");
    assertThatIllegalStateException()
        .isThrownBy(() -> transport.writeLines(List.of(data)))
        .withMessage("Cannot call writeLines() after writeEof()");

    assertThat(data.remaining()).isEqualTo(2);
  }

  @Test
  void anEndThatTheSystemRefusesLosesTheConnection() {
    socket.shutdownFailure = new IOException("not connected");

    transport.writeEof();
    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "lost with exception");
    assertThat(protocol.reason).isSameAs(socket.shutdownFailure);
  }

  @Test
  void doesNotEndTheOutputOfATransportThatIsClosing() {
    socket.room = 0;
    transport.write(bytes("ab"));
    transport.close();

    transport.writeEof();
    socket.room = 2;
    scenario.tick();

    assertThat(socket.calls).doesNotContain("shutdown");
    assertThat(protocol.events).containsExactly("made", "lost");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
