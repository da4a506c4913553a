package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.driver.Interest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class StreamInputTest {

  private final Scenario scenario = new Scenario();
  private final ScriptedStream socket = scenario.connected();
  private final RecordingProtocol protocol = new RecordingProtocol();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void deliversArrivingData() {
    scenario.open(socket, protocol);
    socket.arrives("hello");

    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "data hello");
  }

  @Test
  void readsOnceForEachTimeThatTheSocketIsReady() {
    scenario.open(socket, protocol);
    socket.arrives("a");
    socket.arrives("b");

    scenario.tick();
    assertThat(protocol.events).containsExactly("made", "data a");
    assertThat(socket.calls).containsExactly("read");
    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "data a", "data b");
  }

  @Test
  void readsNoMoreThanTheBufferTakes() {
    List<Integer> sizes = new ArrayList<>();
    protocol.onData = data -> sizes.add(data.remaining());
    scenario.open(socket, protocol);
    socket.arrives(new byte[Scenario.READ_BYTES + 1]);

    scenario.ticks(2);

    assertThat(sizes).containsExactly(Scenario.READ_BYTES, 1);
  }

  @Test
  void keepsTheWatchWhileDataFlows() {
    scenario.open(socket, protocol);
    for (int i = 0; i < 10; i++) {
      socket.arrives("x");
      scenario.tick();
    }

    assertThat(socket.interests).containsExactly(Interest.READ);
    assertThat(scenario.driver.interestCalls).isZero();
  }

  @Test
  void allConnectionsReadIntoOneBufferThatIsAsNewEachTime() {
    List<ByteBuffer> seen = new ArrayList<>();
    protocol.onData =
        data -> {
          seen.add(data);
          assertThat(data.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
          data.order(ByteOrder.LITTLE_ENDIAN).position(data.limit());
        };
    RecordingProtocol second = new RecordingProtocol();
    second.onData = protocol.onData;
    ScriptedStream secondSocket = scenario.connected();
    scenario.open(socket, protocol);
    scenario.open(secondSocket, second);
    socket.arrives("one");
    secondSocket.arrives("two");

    scenario.tick();

    assertThat(protocol.events).contains("data one");
    assertThat(second.events).contains("data two");
    assertThat(seen).hasSize(2);
    assertThat(seen.get(0)).isSameAs(seen.get(1));
  }

  @Test
  void aSpuriousReadinessIsHarmless() {
    scenario.open(socket, protocol);
    socket.isReadySpuriously();

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void anEndOfFileClosesTheTransportIfTheProtocolDoesNotMind() {
    scenario.open(socket, protocol);
    socket.ends();

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made", "eof", "lost");
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void anEndOfFileClosesTheTransportOnlyAfterBufferedData() {
    Transport transport = scenario.open(socket, protocol);
    socket.room = 0;
    transport.write("rest".getBytes(UTF_8));
    socket.ends();

    scenario.ticks(2);
    assertThat(protocol.events).containsExactly("made", "eof");
    assertThat(transport.isClosing()).isTrue();
    socket.room = 4;
    scenario.tick();

    assertThat(socket.sent()).isEqualTo("rest");
    assertThat(protocol.events).containsExactly("made", "eof", "lost");
  }

  @Test
  void aProtocolCanKeepATransportOpenAfterTheEndOfFile() {
    protocol.keepsOpen = true;
    Transport transport = scenario.open(socket, protocol);
    socket.ends();

    scenario.ticks(5);
    transport.write("still here".getBytes(UTF_8));

    assertThat(protocol.events).containsExactly("made", "eof");
    assertThat(socket.calls).containsExactly("read", "write");
    assertThat(socket.interest()).isEqualTo(Interest.NONE);
    assertThat(socket.sent()).isEqualTo("still here");
    assertThat(transport.isClosing()).isFalse();
  }

  @Test
  void theEndOfFileIsReportedOnceEvenIfReadingIsResumed() {
    protocol.keepsOpen = true;
    Transport transport = scenario.open(socket, protocol);
    socket.ends();
    scenario.tick();

    transport.pauseReading();
    transport.resumeReading();
    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made", "eof");
  }

  @Test
  void aResetIsForTheProtocolAndNotForTheExceptionHandler() {
    IOException reset = new IOException("Connection reset");
    scenario.open(socket, protocol);
    socket.fails(reset);

    scenario.ticks(3);

    assertThat(protocol.events).containsExactly("made", "lost with exception");
    assertThat(protocol.reason).isSameAs(reset);
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void aDefectOfTheDriverIsReported() {
    IllegalStateException defect = new IllegalStateException("driver");
    scenario.open(socket, protocol);
    socket.fails(defect);

    scenario.ticks(2);

    assertThat(scenario.takeReport().message()).isEqualTo("Fatal read error on socket transport");
    assertThat(protocol.reason).isSameAs(defect);
  }

  @Test
  void aFailingDataReceivedIsReportedAndLosesTheConnection() {
    AssertionError thrown = new AssertionError("mine");
    protocol.onData =
        data -> {
          throw thrown;
        };
    Transport transport = scenario.open(socket, protocol);
    socket.arrives("x");
    socket.arrives("y");

    scenario.ticks(3);

    ErrorReport report = scenario.takeReport();
    assertThat(report.message()).isEqualTo("Fatal error: protocol.dataReceived() call failed.");
    assertThat(report.exception()).containsSame(thrown);
    assertThat(report.protocol()).containsSame(protocol);
    assertThat(report.transport()).containsSame(transport);
    assertThat(protocol.events).containsExactly("made", "lost with exception");
    assertThat(protocol.reason).isSameAs(thrown);
  }

  @Test
  void aFailingEofReceivedIsReportedAndLosesTheConnection() {
    IllegalStateException thrown = new IllegalStateException("mine");
    protocol.on(
        "eof",
        () -> {
          throw thrown;
        });
    scenario.open(socket, protocol);
    socket.ends();

    scenario.ticks(2);

    assertThat(scenario.takeReport().message())
        .isEqualTo("Fatal error: protocol.eofReceived() call failed.");
    assertThat(protocol.reason).isSameAs(thrown);
  }

  @Test
  void nothingIsDeliveredWhilePausedAndEverythingAfterwards() {
    Transport transport = scenario.open(socket, protocol);
    transport.pauseReading();
    transport.pauseReading();
    assertThat(transport.isReading()).isFalse();
    socket.arrives("a");
    scenario.ticks(2);
    assertThat(protocol.events).containsExactly("made");

    transport.resumeReading();
    transport.resumeReading();
    assertThat(transport.isReading()).isTrue();
    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "data a");
    assertThat(socket.interests).containsExactly(Interest.READ, Interest.NONE, Interest.READ);
  }

  @Test
  void pausingTakesBackAReadThatIsQueued() {
    RecordingProtocol first = new RecordingProtocol();
    ScriptedStream firstSocket = scenario.connected();
    scenario.open(firstSocket, first);
    Transport transport = scenario.open(socket, protocol);
    first.on("data go", transport::pauseReading);
    firstSocket.arrives("go");
    socket.arrives("late");

    scenario.ticks(2);
    assertThat(protocol.events).containsExactly("made");
    transport.resumeReading();
    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "data late");
  }

  @Test
  void closingTakesBackAReadThatIsQueued() {
    RecordingProtocol first = new RecordingProtocol();
    ScriptedStream firstSocket = scenario.connected();
    scenario.open(firstSocket, first);
    Transport transport = scenario.open(socket, protocol);
    socket.room = 0;
    transport.write("rest".getBytes(UTF_8));
    first.on("data go", transport::close);
    firstSocket.arrives("go");
    socket.arrives("late");

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made");
    assertThat(socket.calls).doesNotContain("read");
  }

  @Test
  void pausingInConnectionMadeIsEffective() {
    protocol.on("made", () -> protocol.transport.pauseReading());
    scenario.open(socket, protocol);
    socket.arrives("a");

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made");
    assertThat(socket.interests).isEmpty();
  }

  @Test
  void watchesForNothingBeforeConnectionMadeHasReturned() {
    protocol.on("made", () -> protocol.transport.resumeReading());
    Transport transport = scenario.make(socket, protocol);
    transport.pauseReading();
    transport.resumeReading();
    socket.arrives("a");
    assertThat(socket.interests).isEmpty();

    scenario.tick();
    assertThat(protocol.events).containsExactly("made");
    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "data a");
  }

  @Test
  void aNewProtocolReceivesTheNextEvent() {
    LendingProtocol second = new LendingProtocol(ByteBuffer.allocate(10));
    RecordingProtocol third = new RecordingProtocol();
    Transport transport = scenario.open(socket, protocol);
    protocol.on("data a", () -> transport.setProtocol(second));
    second.onUpdate = () -> transport.setProtocol(third);
    socket.arrives("a");
    socket.arrives("b");
    socket.arrives("c");

    scenario.ticks(3);

    assertThat(protocol.events).containsExactly("made", "data a");
    assertThat(second.events).containsExactly("getBuffer -1", "bufferUpdated 1");
    assertThat(third.events).containsExactly("data c");
  }

  @Test
  void aParkedCallbackKeepsItsDataAndIsNotCalledAgain() throws InterruptedException {
    scenario.open(socket, protocol);
    Assumptions.assumeTrue(
        scenario.loop.coroutineEngine().equals("carrier"), "only there may callbacks park");
    CountDownLatch latch = new CountDownLatch(1);
    List<String> kept = new ArrayList<>();
    protocol.onData =
        data -> {
          await(latch);
          kept.add(UTF_8.decode(data.duplicate()).toString());
        };
    RecordingProtocol other = new RecordingProtocol();
    ScriptedStream otherSocket = scenario.connected();
    scenario.open(otherSocket, other);
    socket.arrives("first");
    scenario.tick();

    socket.arrives("second");
    otherSocket.arrives("other");
    scenario.ticks(3);
    assertThat(kept).isEmpty();
    assertThat(other.events).containsExactly("made", "data other");
    assertThat(socket.interest()).as("no spinning").isEqualTo(Interest.NONE);
    latch.countDown();
    scenario.ticks(5);

    assertThat(kept).containsExactly("first", "second");
    assertThat(socket.interest()).isEqualTo(Interest.READ);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
