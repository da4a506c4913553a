package org.asyncio4j.stream;

import java.io.IOException;
import java.nio.charset.Charset;

/**
 * The other end of a connection without a socket: it feeds a {@link StreamReader} and takes what a
 * {@link StreamWriter} writes ({@code StreamReader.feed_data} and related methods). For tests of
 * parsers and handlers. Use {@code Asyncio.openStreamPeer()} to open one.
 *
 * <pre>{@code
 * StreamPeer peer = Asyncio.openStreamPeer();
 * peer.feedData("GET / HTTP/1.1\r\n\r\n", US_ASCII);
 * peer.feedEof();
 * handle(peer.streams().reader(), peer.streams().writer());
 * assertThat(peer.written()).startsWith("HTTP/1.1 200".getBytes(US_ASCII));
 * }</pre>
 *
 * <p>Written bytes are taken at once, so {@link StreamWriter#drain()} never waits. All methods must
 * be called on the loop's thread, and none of them waits; on another thread they throw {@link
 * WrongThreadException} while the loop is running.
 */
public interface StreamPeer {

  /** {@return the streams to pass to the code under test} */
  StreamConnection streams();

  /**
   * Sends bytes to the reader. While the reader has more unread bytes than its limit allows, they
   * wait here, as they would in a socket. After the writer was closed, they are dropped.
   *
   * @param data the bytes
   * @throws IllegalStateException after {@link #feedEof()} or {@link #loseConnection}
   */
  void feedData(byte[] data);

  /**
   * Sends text to the reader, as {@link #feedData(byte[])} does with its bytes.
   *
   * @param text the text
   * @param charset how to encode it
   * @throws IllegalStateException after {@link #feedEof()} or {@link #loseConnection}
   */
  default void feedData(String text, Charset charset) {
    feedData(text.getBytes(charset));
  }

  /**
   * Ends the reader's stream. The writer may continue.
   *
   * @throws IllegalStateException after {@link #feedEof()} or {@link #loseConnection}
   */
  void feedEof();

  /**
   * Loses the connection at once, as a reset does. Unread bytes are lost, too.
   *
   * @param reason the exception that the streams throw from then on
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
