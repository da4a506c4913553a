package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.ErrorReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link Inbound} with a protocol that lends its buffer. */
class LentBufferTest {

  private final Scenario scenario = new Scenario();
  private final ScriptedStream socket = scenario.connected();
  private final byte[] array = new byte[10];
  private final ByteBuffer buffer = ByteBuffer.wrap(array);
  private final LendingProtocol protocol = new LendingProtocol(buffer);

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void readsIntoTheBufferAtItsPositionAndLeavesPositionAndLimitAsTheyAre() {
    scenario.open(socket, protocol);
    buffer.position(2).limit(7);
    socket.arrives("hello, world");

    scenario.tick();

    assertThat(protocol.events).containsExactly("getBuffer -1", "bufferUpdated 5");
    assertThat(buffer.position()).isEqualTo(2);
    assertThat(buffer.limit()).isEqualTo(7);
    assertThat(new String(array, 2, 5, UTF_8)).isEqualTo("hello");
  }

  @Test
  void leavesPositionAndLimitAsTheyAreWhenTheReadFails() {
    scenario.open(socket, protocol);
    buffer.position(2).limit(7);
    IOException reset = new IOException("Connection reset");
    socket.fails(reset);

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("getBuffer -1", "lost");
    assertThat(protocol.reason).isSameAs(reset);
    assertThat(buffer.position()).isEqualTo(2);
    assertThat(buffer.limit()).isEqualTo(7);
  }

  @Test
  void readsNoMoreAtOnceThanForOtherProtocols() {
    protocol.buffer = ByteBuffer.allocate(2 * Scenario.READ_BYTES);
    scenario.open(socket, protocol);
    socket.arrives(new byte[2 * Scenario.READ_BYTES]);

    scenario.tick();

    assertThat(protocol.events)
        .containsExactly("getBuffer -1", "bufferUpdated " + Scenario.READ_BYTES);
    assertThat(protocol.buffer.limit()).isEqualTo(2 * Scenario.READ_BYTES);
  }

  @Test
  void reportsTheEndOfFile() {
    scenario.open(socket, protocol);
    socket.ends();

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("getBuffer -1", "eof", "lost");
    assertThat(protocol.reason).isNull();
  }

  @Test
  void aBufferWithoutRoomLosesTheConnection() {
    protocol.buffer = ByteBuffer.allocate(0);

    assertFatalGetBuffer(IllegalStateException.class, "with room between position and limit");
  }

  @Test
  void aBufferThatCannotBeWrittenToLosesTheConnection() {
    protocol.buffer = ByteBuffer.allocate(10).asReadOnlyBuffer();

    assertFatalGetBuffer(IllegalStateException.class, "read-only");
  }

  @Test
  void aMissingBufferLosesTheConnection() {
    protocol.buffer = null;

    assertFatalGetBuffer(NullPointerException.class, "");
  }

  @Test
  void aFailingGetBufferLosesTheConnection() {
    protocol.onGet =
        () -> {
          throw new UnsupportedOperationException("mine");
        };

    assertFatalGetBuffer(UnsupportedOperationException.class, "mine");
  }

  @Test
  void aFailingBufferUpdatedLosesTheConnection() {
    IllegalStateException thrown = new IllegalStateException("mine");
    protocol.onUpdate =
        () -> {
          throw thrown;
        };
    scenario.open(socket, protocol);
    socket.arrives("x");

    scenario.ticks(2);

    assertThat(scenario.takeReport().message())
        .isEqualTo("Fatal error: protocol.bufferUpdated() call failed.");
    assertThat(protocol.reason).isSameAs(thrown);
  }

  @Test
  void pausingInGetBufferIsEffectiveAtOnce() {
    protocol.onGet = () -> protocol.transport.pauseReading();
    scenario.open(socket, protocol);
    socket.arrives("x");

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("getBuffer -1");
    assertThat(socket.calls).isEmpty();
  }

  private void assertFatalGetBuffer(Class<? extends Throwable> type, String text) {
    scenario.open(socket, protocol);
    socket.arrives("x");

    scenario.ticks(2);

    ErrorReport report = scenario.takeReport();
    assertThat(report.message()).isEqualTo("Fatal error: protocol.getBuffer() call failed.");
    assertThat(report.exception().orElseThrow()).isInstanceOf(type).hasMessageContaining(text);
    assertThat(protocol.events).containsExactly("getBuffer -1", "lost");
    assertThat(protocol.reason).isInstanceOf(type);
    assertThat(socket.calls).isEmpty();
  }
}
