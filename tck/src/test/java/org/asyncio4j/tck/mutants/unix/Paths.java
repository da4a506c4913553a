package org.asyncio4j.tck.mutants.unix;

import module java.base;

import org.asyncio4j.net.socket.AbstractUnixAddress;

/** The files of Unix sockets. */
final class Paths {

  private Paths() {}

  static Optional<Path> of(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress file
        ? Optional.of(file.getPath())
        : Optional.empty();
  }

  /** {@return a file of an abstract name} */
  static Path fileOf(AbstractUnixAddress address) {
    return Path.of(System.getProperty("java.io.tmpdir"), address.name());
  }

  static void delete(Path path) {
    try {
      boolean ignored = Files.deleteIfExists(path);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
