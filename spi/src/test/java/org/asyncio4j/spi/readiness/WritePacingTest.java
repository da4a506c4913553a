package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.driver.Interest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link Outbound}, when it pauses and resumes the protocol. */
class WritePacingTest {

  private final Scenario scenario = new Scenario();
  private final ScriptedStream socket = scenario.connected();
  private final RecordingProtocol protocol = new RecordingProtocol();
  private final Transport transport = scenario.open(socket, protocol);

  @BeforeEach
  void blockSocket() {
    socket.room = 0;
    transport.setWriteBufferLimits(new WriteBufferLimits(2, 10));
  }

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void pausesWithinTheWriteThatExceedsTheHighWaterMark() {
    transport.write(new byte[10]);
    assertThat(protocol.events).containsExactly("made");

    transport.write(new byte[1]);
    assertThat(protocol.events).containsExactly("made", "pause");
    transport.write(new byte[1]);

    assertThat(protocol.events).containsExactly("made", "pause");
  }

  @Test
  void pausesOnceForSeveralBuffers() {
    transport.writeLines(List.of(ByteBuffer.allocate(20), ByteBuffer.allocate(20)));

    assertThat(protocol.events).containsExactly("made", "pause");
  }

  @Test
  void doesNotPauseForBytesThatTheSystemHasTaken() {
    socket.room = 1000;

    transport.write(new byte[1000]);

    assertThat(protocol.events).containsExactly("made");
  }

  @Test
  void resumesWhenTheBufferHasShrunkToTheLowWaterMark() {
    transport.write(new byte[12]);
    socket.room = 9;
    scenario.tick();
    assertThat(protocol.events).containsExactly("made", "pause");

    socket.room = 1;
    scenario.tick();
    assertThat(transport.writeBufferSize()).isEqualTo(2);
    socket.room = 2;
    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "pause", "resume");
  }

  @Test
  void dataWrittenWhileResumingIsQueuedInOrder() {
    transport.write(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
    protocol.on("resume", () -> transport.write(new byte[] {2}));
    socket.room = 100;

    scenario.ticks(2);

    assertThat(socket.sentBytes()).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2);
    assertThat(transport.writeBufferSize()).isZero();
    assertThat(socket.interest()).isEqualTo(Interest.READ);
  }

  @Test
  void alternatesBetweenPauseAndResume() {
    List<Integer> left = new ArrayList<>(List.of(1, 2, 3));
    protocol.on(
        "resume",
        () -> {
          if (!left.isEmpty()) {
            left.removeFirst();
            socket.room = 0;
            transport.write(new byte[11]);
            socket.room = 11;
          }
        });
    transport.write(new byte[11]);
    socket.room = 11;

    scenario.ticks(5);

    assertThat(protocol.events)
        .containsExactly(
            "made", "pause", "resume", "pause", "resume", "pause", "resume", "pause", "resume");
  }

  @Test
  void lowerLimitsPauseAtOnceButHigherOnesDoNotResume() {
    transport.write(new byte[10]);

    transport.setWriteBufferLimits(new WriteBufferLimits(1, 9));
    assertThat(protocol.events).containsExactly("made", "pause");
    transport.setWriteBufferLimits(new WriteBufferLimits(100, 100));

    assertThat(protocol.events).containsExactly("made", "pause");
    assertThat(transport.writeBufferLimits()).isEqualTo(new WriteBufferLimits(100, 100));
    socket.room = 1;
    scenario.tick();
    assertThat(protocol.events).containsExactly("made", "pause", "resume");
  }

  @Test
  void aTransportThatIsClosedWhileItPausesDoesNotResume() {
    protocol.on("pause", transport::close);
    transport.write(new byte[11]);
    socket.room = 100;

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made", "pause", "lost");
    assertThat(socket.sentBytes()).hasSize(11);
  }

  @Test
  void aTransportThatIsAbortedWhileItPausesIsLost() {
    protocol.on("pause", transport::abort);
    transport.write(new byte[11]);
    socket.room = 100;

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made", "pause", "lost");
    assertThat(socket.sentBytes()).isEmpty();
  }

  @Test
  void aTransportThatIsClosedWhileItResumesIsLostOnce() {
    protocol.on("resume", transport::close);
    transport.write(new byte[11]);
    socket.room = 100;

    scenario.ticks(3);

    assertThat(protocol.events).containsExactly("made", "pause", "resume", "lost");
  }

  @Test
  void aFailingPauseWritingIsReportedAndTheConnectionSurvives() {
    IllegalStateException thrown = new IllegalStateException("mine");
    protocol.on(
        "pause",
        () -> {
          throw thrown;
        });

    transport.write(new byte[11]);

    ErrorReport report = scenario.takeReport();
    assertThat(report.message()).isEqualTo("protocol.pauseWriting() failed");
    assertThat(report.exception()).containsSame(thrown);
    assertThat(report.protocol()).containsSame(protocol);
    assertThat(report.transport()).containsSame(transport);
    socket.room = 11;
    scenario.tick();
    assertThat(protocol.events).containsExactly("made", "pause", "resume");
  }

  @Test
  void aFailingResumeWritingIsReportedAndTheConnectionSurvives() {
    protocol.on(
        "resume",
        () -> {
          throw new IllegalStateException("mine");
        });
    transport.write(new byte[11]);
    socket.room = 11;

    scenario.tick();

    assertThat(scenario.takeReport().message()).isEqualTo("protocol.resumeWriting() failed");
    assertThat(socket.isOpen()).isTrue();
    assertThat(socket.interest()).isEqualTo(Interest.READ);
  }

  @Test
  void readsBeforeItWritesWhenTheSocketIsReadyForBoth() {
    transport.write(new byte[11]);
    socket.room = 11;
    socket.arrives("x");

    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "pause", "data x", "resume");
  }
}
