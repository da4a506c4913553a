package org.asyncio4j.loop.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class SocketAddressCodecTest {

  private final MemorySegment memory = Arena.ofAuto().allocate(32);

  private static InetSocketAddress address(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }

  private String encoded(InetSocketAddress address, short family) {
    memory.fill((byte) 0xee);
    int size = SocketAddressCodec.encode(address, family, memory);
    return HexFormat.of().formatHex(memory.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE));
  }

  @Test
  void ipv4IsASockaddrIn() {
    assertThat(encoded(address("127.0.0.1", 0x1234), SocketAddressCodec.AF_INET))
        .isEqualTo("0200" + "1234" + "7f000001" + "0000000000000000");
  }

  @Test
  void ipv6IsASockaddrIn6() {
    assertThat(encoded(address("2001:db8::7", 443), SocketAddressCodec.AF_INET6))
        .isEqualTo("0a00" + "01bb" + "00000000" + "20010db8000000000000000000000007" + "00000000");
  }

  @Test
  void ipv4IsMappedForAnIpv6Socket() {
    assertThat(encoded(address("10.1.2.3", 80), SocketAddressCodec.AF_INET6))
        .isEqualTo("0a00" + "0050" + "00000000" + "00000000000000000000ffff0a010203" + "00000000");
    InetSocketAddress decoded = SocketAddressCodec.decode(memory);
    assertThat(decoded).isEqualTo(address("10.1.2.3", 80));
    assertThat(decoded.getAddress()).isInstanceOf(Inet4Address.class);
  }

  @Test
  void theIpv4WildcardIsTheIpv6OneForAnIpv6Socket() {
    assertThat(encoded(address("0.0.0.0", 80), SocketAddressCodec.AF_INET6))
        .isEqualTo("0a00" + "0050" + "00000000" + "00000000000000000000000000000000" + "00000000");
  }

  @Test
  void bothFamiliesComeBackWithHighPorts() {
    encoded(address("192.0.2.255", 65_535), SocketAddressCodec.AF_INET);
    assertThat(SocketAddressCodec.decode(memory)).isEqualTo(address("192.0.2.255", 65_535));
    encoded(address("2001:db8::ff", 40_000), SocketAddressCodec.AF_INET6);
    assertThat(SocketAddressCodec.decode(memory)).isEqualTo(address("2001:db8::ff", 40_000));
  }

  @Test
  void scopesComeBack() throws Exception {
    byte[] bytes = InetAddress.ofLiteral("fe80::1").getAddress();
    Inet6Address scoped = Inet6Address.getByAddress(null, bytes, 77);

    encoded(new InetSocketAddress(scoped, 1), SocketAddressCodec.AF_INET6);
    InetAddress decoded = SocketAddressCodec.decode(memory).getAddress();

    assertThat(decoded).isEqualTo(scoped);
    assertThat(((Inet6Address) decoded).getScopeId()).isEqualTo(77);
  }

  @Test
  void otherAddressesAreRefused() {
    short inet = SocketAddressCodec.AF_INET;
    assertThatThrownBy(() -> SocketAddressCodec.encode(address("::1", 1), inet, memory))
        .isInstanceOf(UnsupportedAddressTypeException.class);
    assertThatThrownBy(
            () -> SocketAddressCodec.encode(UnixDomainSocketAddress.of("x"), inet, memory))
        .isInstanceOf(UnsupportedAddressTypeException.class);
    assertThatThrownBy(() ->
            SocketAddressCodec.encode(InetSocketAddress.createUnresolved("host", 1), inet, memory))
        .isInstanceOf(UnresolvedAddressException.class);
  }
}
