package org.asyncio4j.net.socket;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The address of a Unix socket with a name and no file: Linux's abstract namespace. Other Unix
 * sockets have a {@link java.net.UnixDomainSocketAddress}.
 */
public final class AbstractUnixAddress extends SocketAddress {

  private static final long serialVersionUID = 1L;

  // sun_path has 108 bytes, of which the first is 0.
  private static final int MAX_BYTES = 107;

  /** The name, without the leading NUL. */
  private final String name;

  private AbstractUnixAddress(String name) {
    this.name = name;
  }

  /**
   * Returns the address with a name.
   *
   * @param name the name, without the leading NUL that systems and asyncio write; 1 to 107 bytes of
   *     UTF-8
   * @return the address
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static AbstractUnixAddress of(String name) {
    int length = requireNonNull(name, "name").getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "name must have 1 to %d bytes of UTF-8: '%s' has %d".formatted(MAX_BYTES, name, length));
    }
    return new AbstractUnixAddress(name);
  }

  /** {@return the name, without a leading NUL} */
  public String name() {
    return name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AbstractUnixAddress address && address.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** {@return the name with a leading @, as tools write it} */
  @Override
  public String toString() {
    return "@" + name;
  }
}
