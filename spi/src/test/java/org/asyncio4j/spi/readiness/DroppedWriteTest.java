package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.fixture.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A peer that resets connections cannot fill the log; a program that writes after close is warned.
 */
class DroppedWriteTest {

  private final Scenario scenario = new Scenario();
  private final ScriptedStream socket = scenario.connected();
  private final RecordingProtocol protocol = new RecordingProtocol();
  private final Transport transport = scenario.make(socket, protocol);

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void writesAfterAResetAreNotWarnedOf() {
    scenario.ticks(2);
    socket.writeFailure = new IOException("Connection reset by peer");

    try (CapturedLog log = CapturedLog.start()) {
      writeOften();
      scenario.ticks(2);
      writeOften();

      assertThat(log.messages()).isEmpty();
    }
    assertThat(protocol.events).contains("lost with exception");
  }

  @Test
  void writesAfterTheEndOfThePeerAreNotWarnedOf() {
    scenario.ticks(2);
    socket.ends();
    scenario.ticks(3);

    try (CapturedLog log = CapturedLog.start()) {
      writeOften();

      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void writesAfterCloseAreWarnedOfOnce() {
    scenario.ticks(2);
    transport.close();
    scenario.ticks(2);

    try (CapturedLog log = CapturedLog.start()) {
      writeOften();

      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("Data written to a lost connection is dropped");
    }
  }

  @Test
  void writesAfterAbortAreWarnedOfOnce() {
    scenario.ticks(2);
    transport.abort();

    try (CapturedLog log = CapturedLog.start()) {
      writeOften();

      assertThat(log.messages()).hasSize(1);
    }
  }

  private void writeOften() {
    for (int write = 0; write < 20; write++) {
      transport.write(new byte[1]);
    }
  }
}
