package org.asyncio4j.loop.nio;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.asyncio4j.spi.Capability;
import org.jspecify.annotations.Nullable;

/**
 * The capabilities of this platform, determined when they are first needed, because that takes a
 * socket.
 */
final class Platform {

  /** Opens a socket to test for a capability. */
  @FunctionalInterface
  interface Probe {

    /**
     * Runs the test.
     *
     * @return whether the platform has the capability
     * @throws IOException if no socket can be opened, perhaps for lack of descriptors
     */
    boolean succeeds() throws IOException;
  }

  private static final Set<Capability> EVERYWHERE =
      Collections.unmodifiableSet(
          EnumSet.of(
              Capability.TCP_CLIENT,
              Capability.TCP_SERVER,
              Capability.CONNECTION_LIMIT,
              Capability.HALF_CLOSE,
              Capability.UDP,
              Capability.UDP_MULTICAST,
              Capability.TLS,
              Capability.SOCKETS,
              Capability.SEND_FILE,
              Capability.WATCHING,
              Capability.WATCHING_CHANNELS));

  private final Probe reusePort;
  private final Probe unixSockets;

  // Guarded by this.
  private @Nullable Set<Capability> known;

  Platform() {
    this(Platform::hasReusePort, Platform::hasUnixSockets);
  }

  Platform(Probe reusePort, Probe unixSockets) {
    this.reusePort = reusePort;
    this.unixSockets = unixSockets;
  }

  /**
   * Returns the capabilities of the platform. A capability whose socket could not be opened is
   * missing, and the next call tests it again: the process may only have run out of descriptors.
   *
   * @return the capabilities
   */
  synchronized Set<Capability> capabilities() {
    if (known != null) {
      return known;
    }
    Set<Capability> found = EnumSet.copyOf(EVERYWHERE);
    boolean certain = add(Capability.REUSE_PORT, reusePort, found);
    certain &= add(Capability.UNIX_STREAM, unixSockets, found);
    Set<Capability> answer = Collections.unmodifiableSet(found);
    if (certain) {
      known = answer;
    }
    return answer;
  }

  /** Returns whether the result is final. */
  private static boolean add(Capability capability, Probe probe, Set<Capability> found) {
    try {
      if (probe.succeeds()) {
        found.add(capability);
      }
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean hasUnixSockets() throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.isOpen();
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  private static boolean hasReusePort() throws IOException {
    try (ServerSocketChannel probe = ServerSocketChannel.open()) {
      return probe.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    }
  }
}
