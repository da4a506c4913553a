package org.asyncio4j.net.options;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.asyncio4j.net.socket.AbstractUnixAddress;

/** Checks the addresses of Unix sockets. */
final class UnixAddresses {

  private UnixAddresses() {}

  static SocketAddress require(SocketAddress address, String name) {
    requireNonNull(address, name);
    boolean named =
        address instanceof AbstractUnixAddress
            || (address instanceof UnixDomainSocketAddress unix
                && !unix.getPath().toString().isEmpty());
    if (!named) {
      throw new IllegalArgumentException(
          "%s must be a UnixDomainSocketAddress with a path or an AbstractUnixAddress: '%s'"
              .formatted(name, address));
    }
    return address;
  }
}
