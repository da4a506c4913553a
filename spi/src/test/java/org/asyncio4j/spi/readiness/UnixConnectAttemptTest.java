package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.asyncio4j.core.Future;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@HangGuard
class UnixConnectAttemptTest {

  private static final UnixDomainSocketAddress ADDRESS = UnixDomainSocketAddress.of("/run/server");

  private final Scenario scenario = new Scenario();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void connectsAtOnce() {
    scenario.driver.onOpen = socket -> socket.connectsAtOnce = true;

    Future<SocketHandle> connecting = connect();

    assertThat(connecting.result()).isSameAs(socket());
    assertThat(socket().calls).containsExactly("open UNIX", "connect");
    assertThat(socket().interests).isEmpty();
  }

  @Test
  void triesAgainWithGrowingPausesWhileTheBacklogIsFull() {
    Future<SocketHandle> connecting = connect();
    for (int pause : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
      int tries = scenario.driver.streams.size();
      pass(Duration.ofMillis(pause).minusNanos(1));
      assertThat(scenario.driver.streams).hasSize(tries);
      pass(Duration.ofNanos(1));
      assertThat(scenario.driver.streams).hasSize(tries + 1);
    }
    assertThat(scenario.driver.streams).allMatch(each -> each.closes == 1);

    scenario.driver.onOpen = socket -> socket.connectsAtOnce = true;
    pass(Duration.ofMillis(64));

    assertThat(connecting.result()).isSameAs(socket());
    assertThat(socket().isOpen()).isTrue();
  }

  @Test
  void cancellingEndsTheTrying() {
    Future<SocketHandle> connecting = connect();

    connecting.cancel();
    pass(Duration.ofMinutes(1));
    pass(Duration.ofMinutes(1));

    assertThat(scenario.driver.streams).hasSize(1);
    assertThat(socket().closes).isEqualTo(1);
  }

  @Test
  void namesThePathOfARefusedConnectAndClosesTheSocket() {
    ConnectException refused = new ConnectException("Connection refused");
    scenario.driver.onOpen = socket -> socket.connectFailure = refused;

    assertThat(connect().exception().orElseThrow())
        .isInstanceOf(ConnectException.class)
        .hasMessage("Connect call failed /run/server: Connection refused")
        .hasCause(refused);
    assertThat(socket().closes).isEqualTo(1);
  }

  @Test
  void aFailureWhileItTriesAgainReachesTheWaiter() {
    Future<SocketHandle> connecting = connect();
    scenario.driver.openFailures.add(new IOException("Too many open files"));
    pass(Duration.ofMillis(1));

    assertThat(connecting.exception().orElseThrow()).hasMessageContaining("Too many open files");
  }

  private Future<SocketHandle> connect() {
    return scenario.loop.connectSocket(new ConnectSocketRequest(ADDRESS, Optional.empty()));
  }

  private void pass(Duration time) {
    scenario.clock.addAndGet(time.toNanos());
    scenario.ticks(2);
  }

  private ScriptedStream socket() {
    return scenario.driver.streams.getLast();
  }
}
