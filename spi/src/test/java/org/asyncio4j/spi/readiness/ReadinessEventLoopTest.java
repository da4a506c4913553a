package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.junit.jupiter.api.Test;

class ReadinessEventLoopTest {

  private static final InetSocketAddress ADDRESS = ScriptedSocket.address("127.0.0.1", 80);

  @Test
  void declaresTheCapabilitiesOfItsDriver() {
    try (Scenario scenario = new Scenario(Set.of(Capability.TCP_CLIENT))) {
      assertThat(scenario.loop.capabilities()).containsExactly(Capability.TCP_CLIENT);
    }
  }

  @Test
  void connectsNothingWithoutTheCapability() {
    try (Scenario scenario = without(Capability.TCP_CLIENT)) {
      assertUnsupported(
          "TCP_CLIENT",
          () -> scenario.loop.connectSocket(new ConnectSocketRequest(ADDRESS, Optional.empty())));

      assertThat(scenario.driver.streams).isEmpty();
    }
  }

  @Test
  void servesNothingWithoutTheCapability() {
    try (Scenario scenario = without(Capability.TCP_SERVER, Capability.UNIX_STREAM)) {
      assertUnsupported("TCP_SERVER", () -> bind(scenario, false));
      assertUnsupported(
          "TCP_SERVER",
          () ->
              scenario.loop.startServing(
                  new ServingRequest(new ScriptedListener(), 1, socket -> {}, Context.empty())));
      assertUnsupported("TCP_SERVER", () -> scenario.loop.stopServing(new ScriptedListener()));

      assertThat(scenario.driver.listeners).isEmpty();
    }
  }

  @Test
  void sharesNoPortWithoutTheCapability() {
    try (Scenario scenario = without(Capability.REUSE_PORT)) {
      assertUnsupported("REUSE_PORT", () -> bind(scenario, true));

      assertThat(scenario.driver.listeners).isEmpty();
    }
  }

  @Test
  void endsNoOutputAloneWithoutTheCapability() {
    try (Scenario scenario = without(Capability.HALF_CLOSE)) {
      ScriptedStream socket = scenario.connected();
      Transport transport = scenario.open(socket, new RecordingProtocol());
      assertThat(transport.canWriteEof()).isFalse();

      assertUnsupported("HALF_CLOSE", transport::writeEof);
      transport.write(new byte[1]);

      assertThat(socket.calls).containsExactly("write");
    }
  }

  @Test
  void endsTheOutputAloneWithTheCapability() {
    try (Scenario scenario = new Scenario()) {
      Transport transport = scenario.open(scenario.connected(), new RecordingProtocol());

      assertThat(transport.canWriteEof()).isTrue();
    }
  }

  @Test
  void makesNoTransportIfItCanNeitherConnectNorServe() {
    try (Scenario scenario = new Scenario(Set.of())) {
      ScriptedStream socket = scenario.connected();

      assertUnsupported("TCP_CLIENT", () -> scenario.make(socket, new RecordingProtocol()));

      assertThat(socket.options).isEmpty();
      socket.close();
    }
  }

  @Test
  void polls() {
    try (Scenario scenario = new Scenario()) {
      scenario.tick();

      assertThat(scenario.driver.waits).containsExactly(0L);
    }
  }

  @Test
  void wakesThePoller() {
    try (Scenario scenario = new Scenario()) {
      scenario.loop.wakeUp();

      assertThat(scenario.driver.wakeUps).isPositive();
    }
  }

  @Test
  void closesThePollerAfterTheSockets() {
    Scenario scenario = new Scenario();
    ScriptedStream socket = scenario.connected();
    scenario.open(socket, new RecordingProtocol());

    scenario.close();

    assertThat(socket.interest()).isEqualTo(Interest.NONE);
    assertThat(scenario.driver.openSocketsWhenClosed).isZero();
  }

  private static Scenario without(Capability... missing) {
    return new Scenario(EnumSet.complementOf(EnumSet.copyOf(List.of(missing))));
  }

  private static void bind(Scenario scenario, boolean reusePort) throws IOException {
    scenario.loop.bindSocket(new BindSocketRequest(ADDRESS, 1, true, reusePort, false));
  }

  private static void assertUnsupported(
      String capability, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(call)
        .withMessageContaining(capability);
  }
}
