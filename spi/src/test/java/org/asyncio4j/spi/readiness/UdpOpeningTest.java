package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import org.asyncio4j.spi.BindDatagramRequest;
import org.asyncio4j.spi.ConnectDatagramRequest;
import org.asyncio4j.spi.ConnectUnixDatagramRequest;
import org.asyncio4j.spi.OpenUnixDatagramRequest;
import org.asyncio4j.spi.SocketHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpOpeningTest {

  private static final InetSocketAddress ADDRESS = ScriptedSocket.LOCAL;

  private final Scenario scenario = new Scenario();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void bindsWithTheOptionsThatAreAskedFor() throws IOException {
    scenario.loop.bindDatagram(new BindDatagramRequest(ADDRESS, true, true));
    scenario.loop.bindDatagram(new BindDatagramRequest(ADDRESS, false, false));

    ScriptedUdp first = scenario.driver.udpSockets.getFirst();
    assertThat(first.calls).containsExactly("open INET", "bind /127.0.0.1:4000");
    assertThat(first.options)
        .containsEntry(StandardSocketOptions.SO_REUSEPORT, true)
        .containsEntry(StandardSocketOptions.SO_BROADCAST, true);
    assertThat(scenario.driver.udpSockets.getLast().options).isEmpty();
  }

  @Test
  void connectsFromALocalAddressIfThereIsOne() throws IOException {
    scenario.loop.connectDatagram(
        new ConnectDatagramRequest(ScriptedUdp.PEER, Optional.of(ADDRESS), true));
    scenario.loop.connectDatagram(
        new ConnectDatagramRequest(ScriptedSocket.address("::1", 5000), Optional.empty(), false));

    assertThat(scenario.driver.udpSockets.getFirst().calls)
        .containsExactly("open INET", "bind /127.0.0.1:4000", "connect /127.0.0.1:5000");
    assertThat(scenario.driver.udpSockets.getLast().calls)
        .containsExactly("open INET6", "connect /[0:0:0:0:0:0:0:1]:5000");
  }

  @Test
  void closesASocketThatCannotBeBoundAndNamesTheAddress() {
    scenario.driver.onOpenUdp = socket -> socket.bindFailure = new BindException("in use");

    assertThatThrownBy(
            () -> scenario.loop.bindDatagram(new BindDatagramRequest(ADDRESS, false, false)))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("127.0.0.1:4000")
        .hasMessageContaining("in use");

    assertThat(scenario.driver.udpSockets.getFirst().closes).isEqualTo(1);
  }

  @Test
  void opensUnixSocketsBoundOrNotAndConnectsThem() throws IOException {
    SocketAddress path = UnixDomainSocketAddress.of("receiver");

    scenario.loop.openUnixDatagram(new OpenUnixDatagramRequest(Optional.of(path)));
    SocketHandle free =
        scenario.loop.openUnixDatagram(new OpenUnixDatagramRequest(Optional.empty()));
    scenario.loop.connectUnixDatagram(new ConnectUnixDatagramRequest(free, path));

    assertThat(scenario.driver.udpSockets.getFirst().calls)
        .containsExactly("open UNIX", "bind receiver");
    assertThat(scenario.driver.udpSockets.getLast().calls)
        .containsExactly("open UNIX", "connect receiver");
  }

  @Test
  void aUnixSocketThatCannotBeConnectedStaysWithTheCaller() throws IOException {
    scenario.driver.onOpenUdp = socket -> socket.connectFailure = new IOException("refused");
    SocketHandle free =
        scenario.loop.openUnixDatagram(new OpenUnixDatagramRequest(Optional.empty()));

    assertThatThrownBy(() ->
            scenario.loop.connectUnixDatagram(
                new ConnectUnixDatagramRequest(free, UnixDomainSocketAddress.of("receiver"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("receiver")
        .hasMessageContaining("refused");

    assertThat(free.isOpen()).isTrue();
  }

  @Test
  void closesASocketThatCannotBeConnected() {
    scenario.driver.onOpenUdp = socket -> socket.connectFailure = new IOException("no route");

    assertThatThrownBy(() ->
            scenario.loop.connectDatagram(
                new ConnectDatagramRequest(ScriptedUdp.PEER, Optional.empty(), false)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:5000")
        .hasMessageContaining("no route");

    assertThat(scenario.driver.udpSockets.getFirst().closes).isEqualTo(1);
  }
}
