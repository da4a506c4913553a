package org.asyncio4j.loop.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.HexFormat;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.junit.jupiter.api.Test;

final class UnixAddressCodecTest {

  private final MemorySegment memory = Arena.ofAuto().allocate(112);

  @Test
  void aPathEndsWithNul() throws SocketException {
    assertThat(encoded(UnixDomainSocketAddress.of("/a/b"))).isEqualTo("0100" + "2f612f62" + "00");
  }

  @Test
  void aNameBeginsWithNulAndHasNoEnd() throws SocketException {
    assertThat(encoded(AbstractUnixAddress.of("ab"))).isEqualTo("0100" + "00" + "6162");
  }

  @Test
  void writtenAddressesAreReadBack() throws SocketException {
    for (SocketAddress address :
        new SocketAddress[] {
          UnixDomainSocketAddress.of("/run/a socket"),
          UnixDomainSocketAddress.of("x".repeat(107)),
          AbstractUnixAddress.of("name"),
          AbstractUnixAddress.of("n".repeat(107))
        }) {
      int size = UnixAddressCodec.encode(address, memory);
      assertThat(UnixAddressCodec.decode(memory, size)).isEqualTo(address);
    }
  }

  @Test
  void anAddressWithoutBytesIsUnnamed() {
    assertThat(UnixAddressCodec.decode(memory, 2)).isEqualTo(UnixDomainSocketAddress.of(""));
  }

  @Test
  void aPathThatIsTooLongIsNamed() {
    String path = "/" + "x".repeat(107);
    assertThatThrownBy(() -> UnixAddressCodec.encode(UnixDomainSocketAddress.of(path), memory))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining(path)
        .hasMessageContaining("107");
  }

  @Test
  void otherAddressesAreRefused() {
    assertThatThrownBy(() -> UnixAddressCodec.encode(new InetSocketAddress(1), memory))
        .isInstanceOf(UnsupportedAddressTypeException.class);
  }

  private String encoded(SocketAddress address) throws SocketException {
    memory.fill((byte) 0xee);
    int size = UnixAddressCodec.encode(address, memory);
    return HexFormat.of().formatHex(memory.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE));
  }
}
