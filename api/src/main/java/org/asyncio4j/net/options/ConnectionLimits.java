package org.asyncio4j.net.options;

/** Checks how many connections a server may have. */
final class ConnectionLimits {

  static final int NONE = Integer.MAX_VALUE;

  private ConnectionLimits() {}

  static void require(int maxConnections) {
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections must be at least 1: " + maxConnections);
    }
  }
}
