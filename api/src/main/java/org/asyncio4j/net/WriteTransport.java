package org.asyncio4j.net;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A transport to write to: {@code asyncio.WriteTransport}.
 *
 * <p>Writing never waits: bytes that the system does not take at once are copied to a buffer and
 * written later. The protocol is notified when the buffer grows above the high-water mark and when
 * it has shrunk to the low-water mark.
 */
public interface WriteTransport extends BaseTransport {

  /**
   * Writes bytes. All of them are taken before this method returns, and the position is then at the
   * limit: the caller may use the buffer again at once. After the connection was lost, they are
   * dropped.
   *
   * <p>The memory of the buffer may be freed as soon as this method returns. If another thread
   * frees it before that, the connection is lost with an error unless nothing was written yet.
   *
   * @param data the bytes from position to limit
   * @throws IllegalStateException after {@link #writeEof()}, or if the memory of the buffer was
   *     freed; nothing is written
   * @throws WrongThreadException if the loop is running and the caller is not on its thread, or if
   *     the memory of the buffer belongs to another thread; nothing is written
   */
  void write(ByteBuffer data);

  /**
   * Writes bytes, as {@link #write(ByteBuffer)} does.
   *
   * @param data the bytes; the caller may change the array as soon as this method returns
   * @throws IllegalStateException after {@link #writeEof()}
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  default void write(byte[] data) {
    write(ByteBuffer.wrap(data));
  }

  /**
   * Writes several buffers in order, in as few system calls as the system allows.
   *
   * @param buffers the bytes; each buffer is treated as by {@link #write(ByteBuffer)}
   * @throws IllegalStateException after {@link #writeEof()}, or if the memory of a buffer was
   *     freed; nothing is written
   * @throws WrongThreadException if the loop is running and the caller is not on its thread, or if
   *     the memory of a buffer belongs to another thread; nothing is written
   */
  void writeLines(List<ByteBuffer> buffers);

  /**
   * Ends the outgoing stream once buffered bytes are written; reading continues. Does nothing when
   * repeated or closing.
   *
   * @throws UnsupportedOperationException if {@link #canWriteEof()} is false
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void writeEof();

  /**
   * {@return whether this kind of transport can end its outgoing stream without closing the
   * connection}
   */
  boolean canWriteEof();

  /**
   * Closes the connection at once and drops buffered bytes; {@link BaseProtocol#connectionLost}
   * receives {@code null}.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void abort();

  /** {@return the number of buffered bytes, not counting those that the system has taken} */
  long writeBufferSize();

  /** {@return the limits in force} */
  WriteBufferLimits writeBufferLimits();

  /**
   * Sets the limits. A buffer that is above the new high-water mark pauses the protocol at once;
   * one that is below the new low-water mark resumes it only when it shrinks next (asyncio does the
   * same).
   *
   * @param limits the new limits
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void setWriteBufferLimits(WriteBufferLimits limits);
}
