package org.asyncio4j.net.options;

/** Checks port numbers. */
final class Ports {

  private static final int MAX = 65_535;

  private Ports() {}

  static int require(int port, int least, String name) {
    if (port < least || port > MAX) {
      throw new IllegalArgumentException(
          "%s must be between %d and %d: %d".formatted(name, least, MAX, port));
    }
    return port;
  }
}
