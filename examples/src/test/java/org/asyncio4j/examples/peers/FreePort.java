package org.asyncio4j.examples.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Starts peers that are given a port, and may find it taken. */
public final class FreePort {

  private static final int ATTEMPTS = 3;

  private FreePort() {}

  /** Starts a peer. */
  @FunctionalInterface
  public interface Start<P> {

    /** Starts the peer on a port of the loopback and waits until it serves. */
    P on(int port) throws Exception;
  }

  /**
   * Starts a peer on a port that was free just before, and on another one if another process was
   * faster.
   *
   * @param start starts the peer; fails with an {@link AssertionError} if the peer ends
   * @return the peer
   */
  public static <P> P start(Start<P> start) throws Exception {
    for (int attempt = 1; ; attempt++) {
      int port = find();
      try {
        return start.on(port);
      } catch (AssertionError ended) {
        if (attempt == ATTEMPTS) {
          throw ended;
        }
      }
    }
  }

  /** Finds a port of the loopback that is free for TCP just now. */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
