package org.asyncio4j.tck.probe;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.asyncio4j.net.socket.AsyncSocket;

/**
 * A connection between a socket for direct use and a plain socket.
 *
 * @param socket the loop's end
 * @param peer the other end
 */
public record SocketLink(AsyncSocket socket, Peer peer) {

  /** Checks the components. */
  public SocketLink {
    requireNonNull(socket, "socket");
    requireNonNull(peer, "peer");
  }

  /**
   * Receives exactly {@code count} bytes, in a task.
   *
   * @param count how many
   * @return the bytes
   * @throws IOException if the connection was lost
   */
  public byte[] receive(int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      Expect.that("the stream must not end early", socket.receive(bytes) > 0);
    }
    return bytes.array();
  }

  /**
   * Receives text of ASCII characters, in a task.
   *
   * @param length how many characters
   * @return the text
   * @throws IOException if the connection was lost
   */
  public String receiveText(int length) throws IOException {
    return new String(receive(length), StandardCharsets.US_ASCII);
  }

  /**
   * Sends text of ASCII characters, in a task.
   *
   * @param text the text
   * @throws IOException if the connection was lost
   */
  public void send(String text) throws IOException {
    socket.sendAll(ByteBuffer.wrap(Network.bytes(text)));
  }
}
