package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Optional;
import org.asyncio4j.core.Future;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketConnectorTest {

  private static final InetSocketAddress REMOTE = ScriptedSocket.address("127.0.0.1", 7);
  private static final InetSocketAddress LOCAL = ScriptedSocket.address("127.0.0.1", 0);

  private final Scenario scenario = new Scenario();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void connectsWithoutWaiting() {
    Future<SocketHandle> connecting = connect();
    ScriptedStream socket = socket();
    assertThat(connecting.isDone()).isFalse();
    assertThat(socket.calls).containsExactly("open INET", "connect");
    assertThat(socket.interest()).isEqualTo(Interest.WRITE);

    socket.connectEnded = true;
    scenario.tick();

    assertThat(connecting.result()).isSameAs(socket);
    assertThat(socket.interest()).isEqualTo(Interest.NONE);
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void aConnectedSocketCanBecomeATransport() {
    RecordingProtocol protocol = new RecordingProtocol();
    connect();
    socket().connectEnded = true;
    scenario.tick();

    Transport transport = scenario.open(socket(), protocol);
    transport.abort();
    scenario.tick();

    assertThat(protocol.events).containsExactly("made", "lost");
  }

  @Test
  void opensASocketOfTheAddressesFamily() {
    scenario.loop.connectSocket(
        new ConnectSocketRequest(ScriptedSocket.address("::1", 7), Optional.empty()));

    assertThat(socket().calls).contains("open INET6");
  }

  @Test
  void bindsBeforeItConnects() {
    scenario.loop.connectSocket(new ConnectSocketRequest(REMOTE, Optional.of(LOCAL)));

    assertThat(socket().calls).containsExactly("open INET", "bind " + LOCAL, "connect");
  }

  @Test
  void keepsTryingWhenTheReadinessWasSpurious() {
    Future<SocketHandle> connecting = connect();
    socket().connectEnded = true;
    socket().stillConnecting = true;
    scenario.tick();
    assertThat(connecting.isDone()).isFalse();

    socket().stillConnecting = false;
    scenario.tick();

    assertThat(connecting.isDone()).isTrue();
  }

  @Test
  void namesTheAddressOfARefusedConnectAndKeepsTheType() {
    ConnectException refused = new ConnectException("Connection refused");
    Future<SocketHandle> connecting = connect();
    socket().connectEnded = true;
    socket().finishFailure = refused;

    scenario.tick();

    assertThat(connecting.exception().orElseThrow())
        .isInstanceOf(ConnectException.class)
        .hasMessage("Connect call failed " + REMOTE + ": Connection refused")
        .hasCause(refused);
    assertThat(socket().closes).isEqualTo(1);
  }

  @Test
  void failsAtOnceWhenTheSystemDoes() {
    NoRouteToHostException unreachable = new NoRouteToHostException("No route to host");
    scenario.driver.onOpen = socket -> socket.connectFailure = unreachable;

    Future<SocketHandle> connecting = connect();

    assertThat(connecting.exception().orElseThrow())
        .isInstanceOf(NoRouteToHostException.class)
        .hasMessageContaining(REMOTE.toString())
        .hasCause(unreachable);
    assertThat(socket().closes).isEqualTo(1);
    assertThat(socket().interests).isEmpty();
  }

  @Test
  void failsWhenNoSocketCanBeOpened() {
    IOException exhausted = new IOException("Too many open files");
    scenario.driver.openFailures.add(exhausted);

    assertThat(connect().exception().orElseThrow())
        .hasMessageContaining("Too many open files")
        .hasCause(exhausted);
  }

  @Test
  void failsWhenTheSocketCannotBeWatched() {
    scenario.driver.registerFailures.add(new IOException("no watches left"));

    assertThat(connect().exception().orElseThrow()).hasMessageContaining("no watches left");
    assertThat(socket().closes).isEqualTo(1);
  }

  @Test
  void namesTheLocalAddressThatCannotBeBound() {
    BindException taken = new BindException("Address already in use");
    scenario.driver.onOpen = socket -> socket.bindFailure = taken;

    Future<SocketHandle> connecting =
        scenario.loop.connectSocket(new ConnectSocketRequest(REMOTE, Optional.of(LOCAL)));

    assertThat(connecting.exception().orElseThrow())
        .isInstanceOf(BindException.class)
        .hasMessageContaining(LOCAL.toString())
        .hasMessageContaining("Address already in use");
    assertThat(socket().closes).isEqualTo(1);
    assertThat(socket().calls).doesNotContain("connect");
  }

  @Test
  void aSocketThatIsConnectedAtOnceIsNotWatched() {
    scenario.driver.onOpen = socket -> socket.connectsAtOnce = true;

    Future<SocketHandle> connecting = connect();

    assertThat(connecting.result()).isSameAs(socket());
    assertThat(socket().interests).isEmpty();
  }

  @Test
  void cancellingClosesTheSocket() {
    Future<SocketHandle> connecting = connect();

    connecting.cancel();
    scenario.ticks(2);

    assertThat(socket().closes).isEqualTo(1);
    assertThat(socket().interest()).isEqualTo(Interest.NONE);
    assertThat(socket().calls).doesNotContain("finish");
  }

  @Test
  void cancellingInTheTickInWhichItIsConnectedClosesTheSocketOnce() {
    Future<SocketHandle> connecting = connect();
    connecting.addDoneCallback(done -> {});
    scenario.loop.callSoon(connecting::cancel);
    socket().connectEnded = true;

    scenario.ticks(3);

    assertThat(connecting.isCancelled()).isTrue();
    assertThat(socket().closes).isEqualTo(1);
    assertThat(socket().calls).doesNotContain("finish");
  }

  @Test
  void cancellingAfterwardsLeavesTheSocketToItsReceiver() {
    Future<SocketHandle> connecting = connect();
    socket().connectEnded = true;
    scenario.tick();

    assertThat(connecting.cancel()).isFalse();
    scenario.ticks(2);

    assertThat(socket().isOpen()).isTrue();
  }

  @Test
  void aClosedLoopClosesASocketThatStillConnects() {
    connect();

    scenario.loop.close();

    assertThat(socket().closes).isEqualTo(1);
  }

  @Test
  void aClosedLoopClosesAnUnclaimedConnectedSocket() {
    connect();
    socket().connectEnded = true;
    scenario.tick();

    scenario.loop.close();

    assertThat(socket().closes).isEqualTo(1);
  }

  private Future<SocketHandle> connect() {
    return scenario.loop.connectSocket(new ConnectSocketRequest(REMOTE, Optional.empty()));
  }

  private ScriptedStream socket() {
    return scenario.driver.streams.getLast();
  }
}
