package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.driver.Interest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints whose socket is ready for writing while the receiver has no room. */
class RoomWaitTest {

  private final Scenario scenario = new Scenario();
  private final ScriptedDatagrams socket = scenario.driver.udp();
  private final RecordingDatagrams protocol = new RecordingDatagrams();

  RoomWaitTest() {
    socket.tellsRoom = false;
  }

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  private void pass(long millis) {
    scenario.clock.addAndGet(Duration.ofMillis(millis).toNanos());
    scenario.ticks(2); // the timer, then the try that it queues
  }

  private long tries() {
    return Collections.frequency(socket.calls, "send");
  }

  private void send(DatagramTransport transport, String text) {
    transport.sendTo(ByteBuffer.wrap(text.getBytes(UTF_8)), ScriptedDatagrams.PEER);
  }

  @Test
  void triesAgainAfterPausesThatGrow() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    send(transport, "a");
    send(transport, "b");
    assertThat(tries()).isEqualTo(1);

    scenario.ticks(5);
    assertThat(tries()).as("without a pause").isEqualTo(1);
    assertThat(socket.interest()).as("what is watched").isEqualTo(Interest.READ);
    long expected = 1;
    for (long pause : new long[] {1, 2, 4, 8, 16, 32, 64, 64}) {
      pass(pause - 1);
      assertThat(tries()).as("before %d ms".formatted(pause)).isEqualTo(expected);
      pass(1);
      assertThat(tries()).as("after %d ms".formatted(pause)).isEqualTo(++expected);
    }

    socket.room = 2;
    pass(64);
    assertThat(socket.sent).containsExactly("a@5000", "b@5000");
    assertThat(transport.writeBufferSize()).isZero();
  }

  @Test
  void theFirstPauseIsShortAgainAfterADatagramWasTaken() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    send(transport, "a");
    send(transport, "b");
    pass(1);
    pass(2);
    socket.room = 1;
    pass(4);
    assertThat(socket.sent).containsExactly("a@5000");

    socket.room = 1;
    pass(1);

    assertThat(socket.sent).containsExactly("a@5000", "b@5000");
  }

  @Test
  void aFullBatchLeavesTheOthersTheirTurnWithoutAPause() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    for (int i = 0; i <= Scenario.SEND_BATCH; i++) {
      send(transport, "a");
    }
    socket.room = Integer.MAX_VALUE;

    pass(1);
    assertThat(socket.sent).hasSize(Scenario.SEND_BATCH);
    scenario.ticks(2);

    assertThat(socket.sent).hasSize(Scenario.SEND_BATCH + 1);
    assertThat(socket.interest()).isEqualTo(Interest.READ);
  }

  @Test
  void anEndpointThatIsLostTriesNoMore() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    send(transport, "a");

    transport.abort();
    pass(1_000);

    assertThat(tries()).isEqualTo(1);
    assertThat(protocol.events).containsExactly("made", "lost");
  }

  @Test
  void closingWaitsForRoom() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    send(transport, "a");
    transport.close();
    pass(1);
    assertThat(protocol.events).containsExactly("made");

    socket.room = 1;
    pass(2);

    assertThat(socket.sent).containsExactly("a@5000");
    assertThat(protocol.events).containsExactly("made", "lost");
  }
}
