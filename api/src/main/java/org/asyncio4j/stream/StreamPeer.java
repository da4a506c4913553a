package org.asyncio4j.stream;

import java.io.IOException;
import java.nio.charset.Charset;

/**
 * The other end of a connection that has no socket: it feeds a {@link StreamReader} and takes what
 * a {@link StreamWriter} writes ({@code StreamReader.feed_data} and the like). For tests of parsers
 * and of handlers; from {@code Asyncio.openStreamPeer()}.
 *
 * <pre>{@code
 * StreamPeer peer = Asyncio.openStreamPeer();
 * peer.feedData("GET / HTTP/1.1\r\n\r\n", US_ASCII);
 * peer.feedEof();
 * handle(peer.streams().reader(), peer.streams().writer());
 * assertThat(peer.written()).startsWith("HTTP/1.1 200".getBytes(US_ASCII));
 * }</pre>
 *
 * <p>What is written is taken at once, so that {@link StreamWriter#drain()} never waits. All
 * methods are called on the loop's thread, and none of them waits; on another thread they throw
 * {@link WrongThreadException} while the loop runs.
 */
public interface StreamPeer {

  /** {@return the streams to pass to the code under test} */
  StreamConnection streams();

  /**
   * Lets bytes arrive at the reader. While the reader has more unread than its limit allows, they
   * wait here, as they would in a socket. They are dropped after the writer was closed.
   *
   * @param data the bytes
   * @throws IllegalStateException after {@link #feedEof()} or {@link #loseConnection}
   */
  void feedData(byte[] data);

  /**
   * Lets text arrive at the reader, as {@link #feedData(byte[])} does with its bytes.
   *
   * @param text the text
   * @param charset how to encode it
   * @throws IllegalStateException after {@link #feedEof()} or {@link #loseConnection}
   */
  default void feedData(String text, Charset charset) {
    feedData(text.getBytes(charset));
  }

  /**
   * Ends what the reader receives. The writer may go on.
   *
   * @throws IllegalStateException after {@link #feedEof()} or {@link #loseConnection}
   */
  void feedEof();

  /**
   * Loses the connection at once, as a reset does. What the reader has not read is lost, too.
   *
   * @param reason what the streams throw from then on
   * @throws IllegalStateException if the connection was lost or closed already
   */
  void loseConnection(IOException reason);

  /** {@return the bytes that were written since the last call} */
  byte[] written();

  /** {@return whether the writer has ended its stream, by {@code writeEof} or {@code close}} */
  boolean isEofWritten();

  /** {@return whether the writer was closed or the connection lost} */
  boolean isClosed();
}
