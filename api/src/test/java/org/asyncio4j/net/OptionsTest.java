package org.asyncio4j.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.net.options.NameResolution;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.net.tls.TlsOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The options records of connections and servers: the values that they refuse, and the messages.
 */
class OptionsTest {

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void aClientNeedsAPort(int port) {
    assertThatThrownBy(() -> ConnectOptions.to("localhost", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port must be between 1 and 65535: " + port);
  }

  @Test
  void aClientNeedsAHost() {
    assertThatThrownBy(() -> ConnectOptions.to("", 80))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("host must not be empty");
    assertThatThrownBy(() -> ConnectOptions.to(null, 80))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("host");
  }

  @Test
  void aClientMayChooseItsOwnAddress() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ConnectOptions options = ConnectOptions.to("localhost", 65_535).withLocalAddress(address);
    assertThat(options.localAddress()).contains(address);
    assertThat(options.port()).isEqualTo(65_535);
    assertThat(ConnectOptions.to("localhost", 1).localAddress()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aServerNeedsAPortOrZero(int port) {
    assertThatThrownBy(() -> ServerOptions.on("localhost", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port must be between 0 and 65535: " + port);
  }

  @Test
  void aServerHasAtLeastOnePlaceInItsBacklog() {
    assertThatThrownBy(() -> ServerOptions.onAllInterfaces(0).withBacklog(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("backlog must be at least 1: 0");
  }

  @Test
  void aServerRefusesAnEmptyHost() {
    assertThatThrownBy(() -> ServerOptions.on("", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave the list empty");
    assertThatThrownBy(() -> ServerOptions.onAllInterfaces(0).withHosts(List.of("localhost", "")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachOptionOfAServerChangesAlone() {
    NameResolution resolution = NameResolution.defaults().withTimeLimit(Duration.ofSeconds(1));
    ServerOptions options =
        ServerOptions.on("localhost", 0)
            .withBacklog(7)
            .withReuseAddress(false)
            .withReusePort(true)
            .withKeepAlive(true)
            .withStartServing(false)
            .withNameResolution(resolution)
            .withMaxConnections(9);
    assertThat(options)
        .hasToString(
            "ServerOptions{hosts=[localhost], port=0, backlog=7, reuseAddress=false,"
                + " reusePort=true, keepAlive=true, startServing=false, tls=Optional.empty,"
                + " nameResolution=Optional["
                + resolution
                + "], maxConnections=9}");
    assertThat(ServerOptions.onAllInterfaces(1).hosts()).isEmpty();
  }

  @Test
  void limitsOfAWriteBufferAreInOrder() {
    assertThat(WriteBufferLimits.defaults()).isEqualTo(new WriteBufferLimits(16_384, 65_536));
    assertThat(WriteBufferLimits.ofHigh(0)).isEqualTo(new WriteBufferLimits(0, 0));
    assertThatThrownBy(() -> new WriteBufferLimits(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lowBytes 2, highBytes 1");
    assertThatThrownBy(() -> new WriteBufferLimits(-1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void datagramsRefuseOtherFamiliesPortsAndHosts() {
    assertThatThrownBy(() -> DatagramOptions.of(StandardProtocolFamily.UNIX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("family must be INET or INET6: UNIX");
    assertThatThrownBy(() -> DatagramOptions.connectedTo("localhost", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port must be between 1 and 65535: 0");
    DatagramOptions bound = DatagramOptions.boundTo("127.0.0.1", 0);
    assertThatThrownBy(() -> bound.withRemoteAddress(new InetSocketAddress("127.0.0.1", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("remoteAddress");
    assertThatThrownBy(() -> DatagramOptions.boundTo("", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("host must not be empty");
  }

  @Test
  void eachOptionOfDatagramsChangesAlone() {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    DatagramOptions options =
        DatagramOptions.of(StandardProtocolFamily.INET6)
            .withLocalAddress(local)
            .withRemoteAddress(remote)
            .withFamily(StandardProtocolFamily.INET)
            .withReusePort(true)
            .withBroadcast(true);
    assertThat(options)
        .isEqualTo(
            DatagramOptions.boundTo(local)
                .withBroadcast(true)
                .withReusePort(true)
                .withFamily(StandardProtocolFamily.INET)
                .withRemoteAddress(remote))
        .hasToString(
            "DatagramOptions{localAddress=Optional[%s], remoteAddress=Optional[%s], family=Optional[INET], reusePort=true, broadcast=true}"
                .formatted(local, remote));
    assertThat(DatagramOptions.boundTo("localhost", 1).localAddress().orElseThrow().isUnresolved())
        .isTrue();
  }

  @Test
  void eachOptionOfAConnectChangesAlone() {
    NameResolution resolution = NameResolution.defaults().withTimeLimit(Duration.ofSeconds(1));
    ConnectOptions options =
        ConnectOptions.to("localhost", 1)
            .withHappyEyeballsDelay(Duration.ZERO)
            .withFirstFamilyCount(2)
            .withTls(TlsOptions.defaults())
            .withNameResolution(resolution);
    assertThat(options)
        .hasToString(
            "ConnectOptions{host=localhost, port=1, localAddress=Optional.empty, happyEyeballsDelay=Optional[PT0S], firstFamilyCount=2, nameResolution=Optional[%s], tls=Optional[%s]}"
                .formatted(resolution, TlsOptions.defaults()));
    assertThat(options.withoutHappyEyeballs().happyEyeballsDelay()).isEmpty();
    assertThat(ConnectOptions.to("localhost", 1).happyEyeballsDelay())
        .contains(Duration.ofMillis(250));
  }

  @Test
  void aConnectRefusesNegativeDelaysAndCounts() {
    ConnectOptions options = ConnectOptions.to("localhost", 1);
    assertThatThrownBy(() -> options.withHappyEyeballsDelay(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("withoutHappyEyeballs()");
    assertThatThrownBy(() -> options.withFirstFamilyCount(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> NameResolution.defaults().withTimeLimit(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  @Test
  void unixDatagramsNeedAnAddressOfUnix() {
    SocketAddress path = UnixDomainSocketAddress.of("path");
    assertThat(
            UnixDatagramOptions.boundToAbstract("name")
                .withRemoteAddress(path)
                .withCleanupSocket(false))
        .isEqualTo(
            UnixDatagramOptions.connectedTo(path)
                .withCleanupSocket(false)
                .withLocalAddress(AbstractUnixAddress.of("name")))
        .isNotEqualTo(UnixDatagramOptions.connectedTo(path).withCleanupSocket(false));
    assertThat(UnixDatagramOptions.connectedTo(Path.of("path")).withLocalAddress(path))
        .isEqualTo(UnixDatagramOptions.boundTo(path).withRemoteAddress(path))
        .hasSameHashCodeAs(UnixDatagramOptions.boundTo(path).withRemoteAddress(path));
    assertThatThrownBy(() -> UnixDatagramOptions.boundTo(Path.of("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("localAddress");
    UnixDatagramOptions options = UnixDatagramOptions.connectedToAbstract("name");
    assertThatThrownBy(() -> options.withRemoteAddress(new InetSocketAddress(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("remoteAddress");
  }

  @Test
  void unixOptionsTakeUnixAddressesOnly() {
    assertThatThrownBy(() -> UnixConnectOptions.to(new InetSocketAddress(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AbstractUnixAddress");
    assertThatThrownBy(() -> UnixServerOptions.on(Path.of("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> UnixConnectOptions.toAbstract("x".repeat(108)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("107");
    assertThat(
            UnixServerOptions.onAbstract("name")
                .withBacklog(3)
                .withCleanupSocket(false)
                .withStartServing(false)
                .withMaxConnections(9))
        .hasToString(
            "UnixServerOptions{address=%s, backlog=3, cleanupSocket=false, startServing=false, tls=Optional.empty, maxConnections=9}"
                .formatted(AbstractUnixAddress.of("name")));
  }

  @Test
  void aServerHasNoConnectionLimitByDefault() {
    assertThat(ServerOptions.on("localhost", 0).maxConnections()).isEqualTo(Integer.MAX_VALUE);
    assertThat(ServerOptions.onAllInterfaces(0).maxConnections()).isEqualTo(Integer.MAX_VALUE);
    UnixServerOptions unix = UnixServerOptions.on(Path.of("socket"));
    assertThat(unix.maxConnections()).isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> ServerOptions.on("localhost", 0).withMaxConnections(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxConnections must be at least 1: 0");
    assertThatThrownBy(() -> unix.withMaxConnections(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxConnections must be at least 1: -1");
  }
}
