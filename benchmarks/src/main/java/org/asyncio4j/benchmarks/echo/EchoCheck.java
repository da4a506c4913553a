package org.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;

/** Checks that an echo server returns what it receives. */
final class EchoCheck {

  private static final int BYTES = 10_000;

  private EchoCheck() {}

  static void check(int port) throws IOException {
    byte[] sent = new byte[BYTES];
    new Random(port).nextBytes(sent);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(sent);
      byte[] received = socket.getInputStream().readNBytes(BYTES);
      if (!Arrays.equals(sent, received)) {
        throw new IOException(
            "received bytes differ from sent bytes at index " + Arrays.mismatch(sent, received));
      }
    }
  }
}
