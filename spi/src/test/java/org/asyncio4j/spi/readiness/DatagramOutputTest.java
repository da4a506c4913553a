package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.asyncio4j.spi.readiness.ScriptedDatagrams.bytes;
import static org.asyncio4j.spi.readiness.ScriptedDatagrams.send;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.driver.Interest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The datagrams that a scripted endpoint sends, at once or later, and how this paces its protocol.
 */
class DatagramOutputTest {

  private final Scenario scenario = new Scenario();
  private final ScriptedDatagrams socket = scenario.driver.udp();
  private final RecordingDatagrams protocol = new RecordingDatagrams();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void sendsAtOnceAndTakesAllOfTheBuffer() {
    DatagramTransport transport = scenario.open(socket, protocol);
    ByteBuffer data = bytes("abc");

    transport.sendTo(data, ScriptedDatagrams.PEER);

    assertThat(socket.sent).containsExactly("abc@5000");
    assertThat(data.hasRemaining()).isFalse();
    assertThat(transport.writeBufferSize()).isZero();
    assertThat(socket.interests).doesNotContain(Interest.READ | Interest.WRITE);
  }

  @Test
  void queuesDatagramsThatTheSystemDoesNotTakeAndSendsThemInOrder() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 1;
    byte[] mine = {'b'};

    send(transport, "a");
    transport.sendTo(ByteBuffer.wrap(mine), ScriptedDatagrams.PEER);
    mine[0] = 'x';
    send(transport, "", "c");

    assertThat(socket.sent).containsExactly("a@5000");
    assertThat(transport.writeBufferSize()).isEqualTo(1 + 0 + 1 + 3 * 8);
    assertThat(socket.interest()).isEqualTo(Interest.READ | Interest.WRITE);

    socket.room = 2;
    scenario.tick();
    assertThat(socket.sent).containsExactly("a@5000", "b@5000", "@5000");
    assertThat(transport.writeBufferSize()).isEqualTo(9);

    socket.room = 5;
    scenario.tick();
    assertThat(socket.sent).containsExactly("a@5000", "b@5000", "@5000", "c@5000");
    assertThat(transport.writeBufferSize()).isZero();
    assertThat(socket.interest()).isEqualTo(Interest.READ);
  }

  @Test
  void doesNotOvertakeTheQueue() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    send(transport, "a");
    socket.room = 9;

    send(transport, "b");

    assertThat(socket.sent).isEmpty();
    scenario.tick();
    assertThat(socket.sent).containsExactly("a@5000", "b@5000");
  }

  @Test
  void sendsABoundedBatchATick() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    for (int i = 0; i < Scenario.SEND_BATCH + 1; i++) {
      send(transport, "a");
    }
    socket.room = Integer.MAX_VALUE;

    scenario.tick();

    assertThat(socket.sent).hasSize(Scenario.SEND_BATCH);
    scenario.tick();
    assertThat(socket.sent).hasSize(Scenario.SEND_BATCH + 1);
  }

  @Test
  void pausesAboveTheHighWaterMarkAndResumesAtTheLowOne() {
    DatagramTransport transport = scenario.open(socket, protocol);
    transport.setWriteBufferLimits(new WriteBufferLimits(9, 27));
    socket.room = 0;

    send(transport, "a", "b", "c");
    assertThat(protocol.events).containsExactly("made");
    send(transport, "d", "e");
    assertThat(protocol.events).containsExactly("made", "pause");

    socket.room = 3;
    scenario.tick();
    assertThat(protocol.events).containsExactly("made", "pause");
    socket.room = 1;
    scenario.tick();
    assertThat(protocol.events).containsExactly("made", "pause", "resume");
    assertThat(transport.writeBufferSize()).isEqualTo(9);
    socket.room = 1;
    scenario.tick();
    assertThat(protocol.events).containsExactly("made", "pause", "resume");
  }

  @Test
  void aDatagramThatIsRefusedLeavesNoPauseBehind() {
    DatagramTransport transport = scenario.open(socket, protocol);
    transport.setWriteBufferLimits(new WriteBufferLimits(0, 0));
    socket.room = 0;
    send(transport, "a", "b");
    assertThat(protocol.events).containsExactly("made", "pause");
    socket.room = 9;
    socket.sendFailures.add(new IOException("too long"));

    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "pause", "error too long", "resume");
    assertThat(socket.sent).containsExactly("b@5000");
    assertThat(transport.writeBufferSize()).isZero();
  }

  @Test
  void theLastDatagramThatIsRefusedLeavesNoPauseBehind() {
    DatagramTransport transport = scenario.open(socket, protocol);
    transport.setWriteBufferLimits(new WriteBufferLimits(0, 0));
    socket.room = 0;
    send(transport, "a");
    socket.room = 9;
    socket.sendFailures.add(new IOException("no"));

    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "pause", "error no", "resume");
    assertThat(socket.interest()).isEqualTo(Interest.READ);
  }

  @Test
  void anImmediateRefusalIsReportedWithinTheCallAndDropsTheDatagram() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.sendFailures.add(new IOException("too long"));
    ByteBuffer data = bytes("abc");

    transport.sendTo(data, ScriptedDatagrams.PEER);

    assertThat(protocol.events).containsExactly("made", "error too long");
    assertThat(data.hasRemaining()).isFalse();
    assertThat(transport.writeBufferSize()).isZero();
    send(transport, "d");
    assertThat(socket.sent).containsExactly("d@5000");
  }

  @Test
  void anExceptionOfErrorReceivedIsReported() {
    DatagramTransport transport = scenario.open(socket, protocol);
    protocol.on(
        "error no",
        () -> {
          throw new IllegalStateException("mine");
        });
    socket.sendFailures.add(new IOException("no"));

    send(transport, "a");

    assertThat(scenario.takeReport().message()).contains("errorReceived");
    assertThat(transport.isClosing()).isFalse();
  }

  @Test
  void aDefectOfTheDriverInSendEndsTheEndpoint() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.sendFailures.add(new IllegalStateException("defect"));

    send(transport, "a", "b");
    scenario.tick();

    assertThat(scenario.takeReport().message()).contains("Fatal write error");
    assertThat(protocol.events).containsExactly("made", "lost defect");
    assertThat(socket.sent).isEmpty();
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // its memory is used after that
  void freedMemoryIsRefusedAndTheEndpointSurvives() {
    DatagramTransport transport = scenario.open(socket, protocol);
    Arena arena = Arena.ofShared();
    ByteBuffer data = arena.allocate(5).asByteBuffer();

    socket.beforeSend = arena::close;
    expectRefusal(() -> transport.sendTo(data, ScriptedDatagrams.PEER));
    socket.beforeSend = () -> {};
    expectRefusal(() -> transport.sendTo(data, ScriptedDatagrams.PEER));
    expectRefusal(() -> transport.sendTo(data.slice(0, 0), ScriptedDatagrams.PEER));
    socket.room = 0;
    send(transport, "a");
    expectRefusal(() -> transport.sendTo(data, ScriptedDatagrams.PEER));
    socket.room = 9;
    scenario.tick();

    assertThat(socket.sent).containsExactly("a@5000");
    assertThat(protocol.events).containsExactly("made");
  }

  private static void expectRefusal(ThrowingCallable call) {
    assertThatIllegalStateException()
        .isThrownBy(call)
        .withMessageStartingWith("cannot call sendTo: the memory of ")
        .withMessageEndingWith("was freed; keep its arena open until sendTo returns");
  }
}
