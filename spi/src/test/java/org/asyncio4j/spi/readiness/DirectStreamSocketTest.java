package org.asyncio4j.spi.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import org.asyncio4j.core.Task;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.net.socket.Watchable;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.fixture.HangGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@HangGuard
class DirectStreamSocketTest {

  private final Scenario scenario = new Scenario();
  private final ByteBuffer target = ByteBuffer.allocate(16);

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void availableDataTakesOneSystemCallAndNoWatching() throws IOException {
    AsyncSocket socket = connected();
    stream().arrives("data");
    stream().calls.clear();

    Task<Integer> receiving = scenario.loop.createTask(() -> socket.receive(target));
    scenario.tick();

    assertThat(receiving.result()).isEqualTo(4);
    assertThat(stream().calls).containsExactly("read");
    assertThat(stream().interest()).isEqualTo(Interest.NONE);
  }

  @Test
  void aTaskThatReceivesRepeatedlyIsWatchedOnce() throws IOException {
    AsyncSocket socket = connected();
    stream().interests.clear();
    for (int round = 0; round < 5; round++) {
      target.clear();
      Task<Integer> receiving = scenario.loop.createTask(() -> socket.receive(target));
      scenario.tick();
      assertThat(receiving.isDone()).isFalse();
      stream().arrives("data");
      scenario.ticks(3);
      assertThat(receiving.result()).isEqualTo(4);
    }

    assertThat(stream().interests).containsOnlyOnce(Interest.READ).doesNotContain(Interest.NONE);
  }

  @Test
  void watchingEndsWhenNoTaskReceives() throws IOException {
    AsyncSocket socket = connected();
    Task<Integer> receiving = scenario.loop.createTask(() -> socket.receive(target));
    scenario.tick();
    stream().arrives("data");
    scenario.ticks(3);
    assertThat(receiving.result()).isEqualTo(4);

    stream().arrives("more");
    scenario.ticks(3);

    assertThat(stream().interest()).isEqualTo(Interest.NONE);
  }

  @Test
  void aCancelledWaitLeavesNoRegistration() throws IOException {
    AsyncSocket socket = connected();
    Task<Integer> receiving = scenario.loop.createTask(() -> socket.receive(target));
    scenario.tick();
    assertThat(stream().interest()).isEqualTo(Interest.READ);

    receiving.cancel();
    scenario.ticks(2);

    assertThat(receiving.isCancelled()).isTrue();
    assertThat(stream().interest()).isEqualTo(Interest.NONE);
  }

  @Test
  void aSpuriousWakeUpWaitsAgain() throws IOException {
    AsyncSocket socket = connected();
    Task<Integer> receiving = scenario.loop.createTask(() -> socket.receive(target));
    scenario.tick();
    stream().isReadySpuriously();
    scenario.ticks(3);
    assertThat(receiving.isDone()).isFalse();

    stream().arrives("data");
    scenario.ticks(3);

    assertThat(receiving.result()).isEqualTo(4);
  }

  @Test
  void sendAllContinuesAfterTheSentBytes() throws IOException {
    AsyncSocket socket = connected();
    stream().room = 3;
    ByteBuffer data = ByteBuffer.wrap("abcdefgh".getBytes(UTF_8));
    Task<Boolean> sending =
        scenario.loop.createTask(() -> {
          socket.sendAll(data);
          return true;
        });
    scenario.ticks(2);
    assertThat(stream().sent()).isEqualTo("abc");
    assertThat(stream().interest()).isEqualTo(Interest.WRITE);

    stream().room = 100;
    scenario.ticks(3);

    assertThat(sending.isDone()).isTrue();
    assertThat(stream().sent()).isEqualTo("abcdefgh");
    assertThat(stream().interest()).isEqualTo(Interest.NONE);
  }

  @Test
  void sendAllLeavesOthersTheirTurnEvenIfThereIsAlwaysRoom() throws IOException {
    AsyncSocket socket = connected();
    stream().longestWrite = 3;
    ByteBuffer data = ByteBuffer.wrap("abcdefgh".getBytes(UTF_8));
    Task<Boolean> sending =
        scenario.loop.createTask(() -> {
          socket.sendAll(data);
          return true;
        });

    scenario.tick();
    assertThat(stream().sent()).isEqualTo("abc");

    scenario.ticks(6);
    assertThat(sending.result()).isTrue();
    assertThat(stream().sent()).isEqualTo("abcdefgh");
    assertThat(stream().calls).containsExactly("write", "write", "write");
  }

  @Test
  void aConnectThatWasCancelledIsWaitedForAgain() throws IOException {
    AsyncSocket socket = scenario.loop.openSocket(StandardProtocolFamily.INET);
    Task<Boolean> first = connecting(socket);
    scenario.tick();
    first.cancel();
    scenario.ticks(2);

    Task<Boolean> second = connecting(socket);
    scenario.tick();
    stream().connectEnded = true;
    scenario.ticks(3);

    assertThat(second.result()).isTrue();
    assertThat(stream().calls).containsOnlyOnce("connect");
    socket.close();
  }

  @Test
  void aRefusedRegistrationReachesTheTaskAndFreesTheSocket() throws IOException {
    AsyncSocket socket = connected();
    scenario.driver.registerFailures.add(new IOException("no memory"));
    Task<Integer> receiving = scenario.loop.createTask(() -> socket.receive(target));
    scenario.ticks(2);
    assertThat(receiving.exception().orElseThrow())
        .isInstanceOf(IOException.class)
        .hasMessage("no memory");

    stream().arrives("data");
    Task<Integer> again = scenario.loop.createTask(() -> socket.receive(target));
    scenario.tick();

    assertThat(again.result()).isEqualTo(4);
  }

  @Test
  void closingWhileATaskWaitsAndIsCancelledReportsNothing() throws IOException {
    AsyncSocket socket = connected();
    Task<Integer> receiving = scenario.loop.createTask(() -> socket.receive(target));
    scenario.tick();

    socket.close();
    receiving.cancel();
    scenario.ticks(2);

    assertThat(receiving.isCancelled()).isTrue();
    assertThat(stream().closes).isEqualTo(1);
    assertThat(scenario.reports).isEmpty();
  }

  @Test
  void aWaitRefusesASocketThatACallbackWatches() throws IOException {
    AsyncSocket socket = connected();
    scenario.loop.addReader(Watchable.of(socket), () -> {});

    Task<Integer> receiving = scenario.loop.createTask(() -> socket.receive(target));
    scenario.tick();

    assertThat(receiving.exception().orElseThrow())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("removeReader");
    assertThat(scenario.loop.removeReader(Watchable.of(socket))).isTrue();
  }

  @Test
  void unconnectedSocketsRefuseToReceive() throws IOException {
    AsyncSocket socket = scenario.loop.openSocket(StandardProtocolFamily.INET);

    Task<Integer> receiving = scenario.loop.createTask(() -> socket.receive(target));
    scenario.tick();

    assertThat(receiving.exception().orElseThrow())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("call connect first");
    assertThatThrownBy(socket::shutdownOutput).isInstanceOf(SocketException.class);
    socket.close();
  }

  private Task<Boolean> connecting(AsyncSocket socket) {
    return scenario.loop.createTask(() -> {
      socket.connect(ScriptedStream.PEER);
      return true;
    });
  }

  private AsyncSocket connected() throws IOException {
    scenario.driver.onOpen = stream -> stream.connectsAtOnce = true;
    AsyncSocket socket = scenario.loop.openSocket(StandardProtocolFamily.INET);
    Task<Boolean> connecting = connecting(socket);
    scenario.tick();
    assertThat(connecting.result()).isTrue();
    stream().calls.clear();
    return socket;
  }

  private ScriptedStream stream() {
    return scenario.driver.streams.getFirst();
  }
}
