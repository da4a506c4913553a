package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.asyncio4j.net.socket.AbstractUnixAddress;

/**
 * Converts between addresses of Unix sockets and {@code sockaddr_un}: a path that ends with NUL, a
 * name that begins with it, or nothing.
 */
final class UnixAddressCodec {

  static final short AF_UNIX = 1;

  private static final int FAMILY = 0;
  private static final int PATH = 2;
  private static final int PATH_CAPACITY = 108;
  private static final UnixDomainSocketAddress UNNAMED = UnixDomainSocketAddress.of("");
  // The encoding that the JDK uses for file names.
  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", UTF_8.name()), UTF_8);

  private UnixAddressCodec() {}

  /**
   * Writes an address.
   *
   * @return the size of the structure
   */
  static int encode(SocketAddress address, MemorySegment target) throws SocketException {
    target.fill((byte) 0);
    target.set(JAVA_SHORT, FAMILY, AF_UNIX);
    return switch (address) {
      case UnixDomainSocketAddress file -> {
        byte[] path = file.getPath().toString().getBytes(FILE_NAMES);
        yield write(address, path, PATH, target) + 1;
      }
      case AbstractUnixAddress named ->
          write(address, named.name().getBytes(StandardCharsets.UTF_8), PATH + 1, target);
      default -> throw new UnsupportedAddressTypeException();
    };
  }

  private static int write(SocketAddress address, byte[] bytes, int offset, MemorySegment target)
      throws SocketException {
    if (bytes.length >= PATH_CAPACITY) {
      throw new SocketException(
          "cannot use address %s: it has %d bytes, and at most %d are allowed; use a shorter path"
              .formatted(address, bytes.length, PATH_CAPACITY - 1));
    }
    MemorySegment.copy(bytes, 0, target, JAVA_BYTE, offset, bytes.length);
    return offset + bytes.length;
  }

  /** Reads an address with the given size. */
  static SocketAddress decode(MemorySegment source, int size) {
    int length = Math.min(size - PATH, PATH_CAPACITY);
    if (length <= 0) {
      return UNNAMED;
    }
    byte[] bytes = source.asSlice(PATH, length).toArray(JAVA_BYTE);
    return bytes[0] == 0 ? named(bytes) : file(bytes);
  }

  private static SocketAddress named(byte[] bytes) {
    String name = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
    try {
      return AbstractUnixAddress.of(name);
    } catch (IllegalArgumentException notText) {
      return UNNAMED; // other programs may use any bytes
    }
  }

  private static SocketAddress file(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return UnixDomainSocketAddress.of(new String(bytes, 0, length, FILE_NAMES));
  }
}
