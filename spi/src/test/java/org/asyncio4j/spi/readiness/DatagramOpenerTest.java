package org.asyncio4j.spi.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatagramOpenerTest {

  private static final InetSocketAddress ADDRESS = ScriptedSocket.LOCAL;

  private final Scenario scenario = new Scenario();

  @AfterEach
  void closeLoop() {
    scenario.close();
  }

  @Test
  void bindsWithTheOptionsThatAreAskedFor() throws IOException {
    open(StandardProtocolFamily.INET, Optional.of(ADDRESS), true, true);
    open(StandardProtocolFamily.INET, Optional.of(ADDRESS), false, false);

    ScriptedDatagrams first = scenario.driver.udpSockets.getFirst();
    assertThat(first.calls).containsExactly("open INET", "bind /127.0.0.1:4000");
    assertThat(first.options)
        .containsEntry(StandardSocketOptions.SO_REUSEPORT, true)
        .containsEntry(StandardSocketOptions.SO_BROADCAST, true);
    assertThat(scenario.driver.udpSockets.getLast().options).isEmpty();
  }

  @Test
  void connectsFromALocalAddressIfThereIsOne() throws IOException {
    connect(
        open(StandardProtocolFamily.INET, Optional.of(ADDRESS), true, false),
        ScriptedDatagrams.PEER);
    connect(
        open(StandardProtocolFamily.INET6, Optional.empty(), false, false),
        ScriptedSocket.address("::1", 5000));

    assertThat(scenario.driver.udpSockets.getFirst().calls)
        .containsExactly("open INET", "bind /127.0.0.1:4000", "connect /127.0.0.1:5000");
    assertThat(scenario.driver.udpSockets.getLast().calls)
        .containsExactly("open INET6", "connect /[0:0:0:0:0:0:0:1]:5000");
  }

  @Test
  void closesASocketThatCannotBeBoundAndNamesTheAddress() {
    scenario.driver.onOpenUdp = socket -> socket.bindFailure = new BindException("in use");

    assertThatThrownBy(() -> open(StandardProtocolFamily.INET, Optional.of(ADDRESS), false, false))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("127.0.0.1:4000")
        .hasMessageContaining("in use");

    assertThat(scenario.driver.udpSockets.getFirst().closes).isEqualTo(1);
  }

  @Test
  void opensUnixSocketsBoundOrNotAndConnectsThem() throws IOException {
    SocketAddress path = UnixDomainSocketAddress.of("receiver");

    open(StandardProtocolFamily.UNIX, Optional.of(path), false, false);
    SocketHandle free = open(StandardProtocolFamily.UNIX, Optional.empty(), false, false);
    connect(free, path);

    assertThat(scenario.driver.udpSockets.getFirst().calls)
        .containsExactly("open UNIX", "bind receiver");
    assertThat(scenario.driver.udpSockets.getLast().calls)
        .containsExactly("open UNIX", "connect receiver");
  }

  @Test
  void aSocketThatCannotBeConnectedStaysWithTheCaller() throws IOException {
    scenario.driver.onOpenUdp = socket -> socket.connectFailure = new IOException("refused");
    SocketHandle udp = open(StandardProtocolFamily.INET, Optional.empty(), false, false);
    SocketHandle unix = open(StandardProtocolFamily.UNIX, Optional.empty(), false, false);

    assertThatThrownBy(() -> connect(udp, ScriptedDatagrams.PEER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:5000")
        .hasMessageContaining("refused");
    assertThatThrownBy(() -> connect(unix, UnixDomainSocketAddress.of("receiver")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("receiver")
        .hasMessageContaining("refused");

    assertThat(udp.isOpen()).isTrue();
    assertThat(unix.isOpen()).isTrue();
  }

  private SocketHandle open(
      ProtocolFamily family, Optional<SocketAddress> local, boolean reusePort, boolean broadcast)
      throws IOException {
    return scenario.loop.openDatagram(new OpenDatagramRequest(family, local, reusePort, broadcast));
  }

  private void connect(SocketHandle socket, SocketAddress remote) throws IOException {
    scenario.loop.connectDatagram(new ConnectDatagramRequest(socket, remote));
  }
}
