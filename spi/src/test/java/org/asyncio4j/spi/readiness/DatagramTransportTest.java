package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncio4j.spi.readiness.ScriptedDatagrams.bytes;
import static org.asyncio4j.spi.readiness.ScriptedDatagrams.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.driver.Interest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatagramTransportTest {

  private final Scenario scenario = new Scenario();
  private final ScriptedDatagrams socket = scenario.driver.udp();
  private final RecordingDatagrams protocol = new RecordingDatagrams();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void callsTheProtocolThenReadsThenCompletesTheWaiter() {
    Promise<Void> waiter = scenario.loop.createFuture();
    protocol.on("made", () -> assertThat(socket.interest()).isEqualTo(Interest.NONE));
    scenario.make(socket, protocol, null, waiter);
    assertThat(protocol.events).as("within the hook").isEmpty();

    scenario.tick();

    assertThat(protocol.events).containsExactly("made");
    assertThat(socket.interest()).isEqualTo(Interest.READ);
    assertThat(waiter.isDone()).isTrue();
  }

  @Test
  void leavesAWaiterAloneThatWasCancelled() {
    Promise<Void> waiter = scenario.loop.createFuture();
    scenario.make(socket, protocol, null, waiter);
    assertThat(waiter.cancel()).isTrue();

    scenario.ticks(2);

    assertThat(waiter.isCancelled()).isTrue();
    assertThat(protocol.events).containsExactly("made");
  }

  @Test
  void receivesOneDatagramATick() {
    socket.arrives("a");
    socket.arrives("");
    scenario.open(socket, protocol);
    assertThat(protocol.events).containsExactly("made");

    scenario.tick();
    assertThat(protocol.events).containsExactly("made", "received a from 5000");
    scenario.tick();
    assertThat(protocol.events)
        .containsExactly("made", "received a from 5000", "received  from 5000");
    scenario.tick();
    assertThat(socket.calls).hasSize(2);
  }

  @Test
  void anErrorOfTheSystemIsReportedAndTheEndpointSurvives() {
    scenario.open(socket, protocol);
    socket.fails(new PortUnreachableException("no receiver"));
    socket.arrives("a");

    scenario.ticks(2);

    assertThat(protocol.events)
        .containsExactly("made", "error no receiver", "received a from 5000");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void aUnixDatagramThatMayHaveLostItsEndIsAnError() {
    socket.local = UnixDomainSocketAddress.of("receiver");
    scenario.open(socket, protocol);
    socket.arrives("x".repeat(Scenario.READ_BYTES));
    socket.arrives("a");

    scenario.ticks(2);

    assertThat(protocol.events).hasSize(3);
    assertThat(protocol.events.get(1)).startsWith("error").contains("262144");
    assertThat(protocol.events.get(2)).isEqualTo("received a from 5000");
  }

  @Test
  void aSpuriousReadinessIsNothing() {
    scenario.open(socket, protocol);
    socket.fails(new SpuriousWakeUp());

    scenario.tick();

    assertThat(protocol.events).containsExactly("made");
    assertThat(socket.interest()).isEqualTo(Interest.READ);
  }

  /** Something that the scripted socket neither throws nor delivers. */
  private static final class SpuriousWakeUp extends Exception {

    private static final long serialVersionUID = 1L;
  }

  @Test
  void anExceptionOfDatagramReceivedIsReportedAndTheEndpointContinues() {
    IllegalStateException thrown = new IllegalStateException("mine");
    protocol.on(
        "received a from 5000",
        () -> {
          throw thrown;
        });
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.arrives("a");
    socket.arrives("b");

    scenario.ticks(2);

    var report = scenario.takeReport();
    assertThat(report.exception()).containsSame(thrown);
    assertThat(report.transport()).containsSame(transport);
    assertThat(protocol.events).endsWith("received b from 5000");
    assertThat(transport.isClosing()).isFalse();
  }

  @Test
  void aDefectOfTheDriverEndsTheEndpointWithAReport() {
    scenario.open(socket, protocol);
    socket.fails(new IllegalStateException("defect"));

    scenario.ticks(2);

    assertThat(scenario.takeReport().message()).contains("Fatal read error");
    assertThat(protocol.events).containsExactly("made", "lost defect");
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void closeFirstSendsTheQueueAndReceivesNothing() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    send(transport, "a", "b");
    socket.arrives("late");

    transport.close();
    transport.close();
    scenario.tick();
    assertThat(transport.isClosing()).isTrue();
    assertThat(protocol.events).containsExactly("made");

    socket.room = 1;
    scenario.tick();
    assertThat(protocol.events).containsExactly("made");
    socket.room = 1;
    scenario.ticks(3);
    assertThat(socket.sent).containsExactly("a@5000", "b@5000");
    assertThat(protocol.events).containsExactly("made", "lost");
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void closeAlsoEndsIfTheRestIsRefused() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    send(transport, "a");
    transport.close();
    socket.room = 1;
    socket.sendFailures.add(new IOException("no"));

    scenario.ticks(2);

    assertThat(protocol.events).containsExactly("made", "error no", "lost");
  }

  @Test
  void abortDropsTheQueue() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    send(transport, "a");

    transport.abort();

    assertThat(transport.writeBufferSize()).isZero();
    assertThat(protocol.events).containsExactly("made");
    socket.room = 1;
    socket.arrives("late");
    scenario.ticks(2);
    assertThat(protocol.events).containsExactly("made", "lost");
    assertThat(socket.sent).isEmpty();
  }

  @Test
  void abortInErrorReceivedWhileTheQueueIsSentIsTheEnd() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.room = 0;
    send(transport, "a", "b");
    socket.room = 9;
    socket.sendFailures.add(new IOException("no"));
    protocol.on("error no", transport::abort);

    scenario.ticks(3);

    assertThat(protocol.events).containsExactly("made", "error no", "lost");
    assertThat(socket.sent).isEmpty();
  }

  @Test
  void datagramsSentAfterTheEndAreDropped() {
    DatagramTransport transport = scenario.open(socket, protocol);
    transport.abort();
    scenario.tick();
    ByteBuffer data = bytes("late");

    transport.sendTo(data, ScriptedDatagrams.PEER);

    assertThat(socket.sent).isEmpty();
    assertThat(data.hasRemaining()).isFalse();
    assertThat(transport.writeBufferSize()).isZero();
    assertThat(protocol.events).containsExactly("made", "lost");
  }

  @Test
  void pausedReadingDeliversNothingNotEvenQueuedDatagrams() {
    DatagramTransport transport = scenario.open(socket, protocol);
    socket.arrives("a");
    scenario.loop.callSoon(transport::pauseReading);

    scenario.ticks(3);
    assertThat(protocol.events).containsExactly("made");
    assertThat(transport.isReading()).isFalse();
    assertThat(socket.interest()).isEqualTo(Interest.NONE);

    transport.resumeReading();
    scenario.ticks(1);
    assertThat(protocol.events).containsExactly("made", "received a from 5000");
  }

  @Test
  void readingMayBePausedInConnectionMade() {
    DatagramTransport[] made = new DatagramTransport[1];
    protocol.on("made", () -> made[0].pauseReading());
    made[0] = scenario.make(socket, protocol, null, null);
    socket.arrives("a");

    scenario.ticks(3);

    assertThat(protocol.events).containsExactly("made");
  }

  @Test
  void aConnectedEndpointSendsWithoutAddressAndRefusesOthers() {
    socket.connected = true;
    DatagramTransport transport = scenario.make(socket, protocol, ScriptedDatagrams.PEER, null);
    scenario.tick();

    transport.sendTo(bytes("a"));
    transport.sendTo(bytes("b"), ScriptedDatagrams.PEER);
    InetSocketAddress other = ScriptedSocket.address("127.0.0.1", 5001);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.sendTo(bytes("c"), other))
        .withMessageContaining("127.0.0.1:5000")
        .withMessageContaining("127.0.0.1:5001");

    assertThat(socket.sent).containsExactly("a", "b");
    assertThat(transport.extraInfo(ExtraInfo.PEERNAME)).contains(ScriptedDatagrams.PEER);
  }

  @Test
  void anEndpointThatOnlyKnowsItsPeerFillsItIn() {
    DatagramTransport transport = scenario.make(socket, protocol, ScriptedDatagrams.PEER, null);
    scenario.tick();

    transport.sendTo(bytes("a"));

    assertThat(socket.sent).containsExactly("a@5000");
    assertThat(transport.extraInfo(ExtraInfo.PEERNAME)).isEmpty();
  }

  @Test
  void anEndpointWithoutPeerNeedsAnAddressThatCanBeSentTo() {
    DatagramTransport transport = scenario.open(socket, protocol);

    assertThatIllegalArgumentException().isThrownBy(() -> transport.sendTo(bytes("a")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> transport.sendTo(bytes("a"), InetSocketAddress.createUnresolved("somewhere", 1)))
        .withMessageContaining("somewhere");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.sendTo(bytes("a"), ScriptedSocket.address("::1", 5000)))
        .withMessageContaining("IPv4");
    assertThat(socket.calls).doesNotContain("send");
    assertThat(transport.isClosing()).isFalse();
  }

  @Test
  void joinsAGroupOnceAndLeavesItOnce() throws IOException {
    DatagramTransport transport = scenario.open(socket, protocol);
    NetworkInterface any = NetworkInterface.networkInterfaces().findFirst().orElseThrow();
    InetAddress group = InetAddress.ofLiteral("239.1.2.3");

    transport.leaveGroup(group, any);
    transport.joinGroup(group, any);
    transport.joinGroup(group, any);
    transport.leaveGroup(group, any);
    transport.leaveGroup(group, any);

    assertThat(socket.calls).containsExactly("join 239.1.2.3", "leave 239.1.2.3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.joinGroup(InetAddress.ofLiteral("127.0.0.1"), any));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.joinGroup(InetAddress.ofLiteral("ff02::1"), any));
    transport.close();
    assertThatThrownBy(() -> transport.joinGroup(group, any)).isInstanceOf(IOException.class);
  }

  @Test
  void setsAnotherProtocolButNoneOfAnotherKind() {
    DatagramTransport transport = scenario.open(socket, protocol);
    RecordingDatagrams other = new RecordingDatagrams();
    transport.setProtocol(other);
    socket.arrives("a");
    scenario.tick();

    assertThat(other.events).containsExactly("received a from 5000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.setProtocol(new RecordingProtocol()))
        .withMessageContaining("DatagramProtocol");
  }

  @Test
  void aSocketThatCannotBeWatchedIsTheEndOfTheEndpoint() {
    scenario.driver.registerFailures.add(new IOException("out of memory"));
    scenario.open(socket, protocol);

    scenario.ticks(2);

    assertThat(scenario.takeReport().message()).contains("cannot be used");
    assertThat(protocol.events).containsExactly("made", "lost out of memory");
  }

  @Test
  void refusesASocketOfAnotherKindAndASocketTwice() {
    scenario.open(socket, protocol);

    assertThatThrownBy(() -> scenario.make(socket, protocol, null, null))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLoopWithoutTheCapabilityRefusesEachHookByName() {
    try (Scenario without = new Scenario(EnumSet.of(Capability.TCP_CLIENT))) {
      assertThatThrownBy(() -> without.make(socket, protocol, null, null))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("UDP");
    }
    try (Scenario without = new Scenario(EnumSet.of(Capability.UDP))) {
      DatagramTransport transport = without.open(without.driver.udp(), new RecordingDatagrams());
      NetworkInterface any = NetworkInterface.networkInterfaces().findFirst().orElseThrow();
      assertThatThrownBy(() -> transport.joinGroup(InetAddress.ofLiteral("239.1.2.3"), any))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("UDP_MULTICAST");
    } catch (IOException unlikely) {
      throw new AssertionError(unlikely);
    }
    scenario.open(socket, protocol);
    assertThat(List.copyOf(protocol.events)).containsExactly("made");
  }
}
