package org.asyncio4j.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;

/**
 * Writes bytes to a connection: {@code asyncio.StreamWriter}.
 *
 * <pre>{@code
 * try (writer) {
 *   for (Row row : rows) {
 *     writer.write(row.toBytes());
 *     writer.drain();
 *   }
 * }
 * }</pre>
 *
 * <p>Writing never waits: bytes that the system does not take at once are buffered in memory. Call
 * {@link #drain()} after each write to keep that buffer small. Several tasks may write and drain at
 * the same time.
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public interface StreamWriter extends AutoCloseable {

  /** {@return the transport that this writer uses; {@link #startTls(TlsOptions)} replaces it} */
  Transport transport();

  /**
   * Writes bytes. Never waits. After the connection was lost, they are dropped; {@link #drain()}
   * throws an exception in that case.
   *
   * @param data the bytes; the caller may change the array as soon as this method returns
   * @throws IllegalStateException after {@link #writeEof()}, or while a task waits in {@link
   *     #startTls(TlsOptions, TlsRole)}
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void write(byte[] data);

  /**
   * Writes bytes, as {@link #write(byte[])} does.
   *
   * @param data the bytes from position to limit; the position is at the limit afterwards, and the
   *     caller may use the buffer again
   * @throws IllegalStateException after {@link #writeEof()}, while a task waits in {@link
   *     #startTls(TlsOptions, TlsRole)}, or if the memory of the buffer was freed; nothing is
   *     written
   * @throws WrongThreadException if the loop is running and the caller is not on its thread, or if
   *     the memory of the buffer belongs to another thread; nothing is written
   */
  void write(ByteBuffer data);

  /**
   * Writes text, as {@link #write(byte[])} does with its bytes.
   *
   * @param text the text; nothing is added to it, not even a line terminator
   * @param charset how to encode it
   * @throws IllegalStateException after {@link #writeEof()}, or while a task waits in {@link
   *     #startTls(TlsOptions, TlsRole)}
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void write(String text, Charset charset);

  /**
   * Writes several buffers in order, in as few system calls as the system allows: {@code
   * writelines}. Nothing is inserted between them.
   *
   * @param buffers the bytes; each buffer is treated as by {@link #write(ByteBuffer)}
   * @throws IllegalStateException after {@link #writeEof()}, while a task waits in {@link
   *     #startTls(TlsOptions, TlsRole)}, or if the memory of a buffer was freed; nothing is written
   * @throws WrongThreadException if the loop is running and the caller is not on its thread, or if
   *     the memory of a buffer belongs to another thread; nothing is written
   */
  void writeLines(List<ByteBuffer> buffers);

  /**
   * Suspends the current task while the write buffer is too full, until it has shrunk to its
   * low-water mark; see {@link org.asyncio4j.net.WriteTransport#setWriteBufferLimits}. Returns at
   * once if the buffer is not too full, but yields once if the connection is closing, so that a
   * task that only writes notices the end.
   *
   * @throws IOException if the connection is lost; it is the exception that the connection was lost
   *     with, if any. A call that is waiting when the connection ends in an orderly way returns
   *     normally
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; other
   *     waiting tasks continue to wait
   * @throws IllegalStateException if it has to wait and the caller is not a task
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void drain() throws IOException;

  /** {@return whether {@link #writeEof()} can be called} */
  boolean canWriteEof();

  /**
   * Ends the outgoing stream once all written bytes are sent. Reading continues. Never waits. Does
   * nothing if repeated or if the connection is closing.
   *
   * @throws UnsupportedOperationException if {@link #canWriteEof()} is false
   * @throws IllegalStateException while a task waits in {@link #startTls(TlsOptions, TlsRole)}
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void writeEof();

  /**
   * Starts TLS, suspending the current task: {@code StreamWriter.start_tls}. The streams of a
   * server take the server's part in the handshake, those of a client the client's. Otherwise this
   * is the same as {@link #startTls(TlsOptions, TlsRole)}.
   *
   * @param options the TLS options
   * @throws IOException as the other method does
   * @throws IllegalArgumentException as the other method does
   * @throws IllegalStateException as the other method does
   * @throws UnsupportedOperationException if the loop does not support TLS
   * @throws org.asyncio4j.core.CancelledError as the other method does
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void startTls(TlsOptions options) throws IOException;

  /**
   * Starts TLS, suspending the current task: first as {@link #drain()} does, then until the
   * handshake is done. The same streams are used afterwards, but {@link #transport()} returns a new
   * transport.
   *
   * <pre>{@code
   * writer.write("STARTTLS\r\n", US_ASCII);
   * Optional<String> response = reader.readTextLine(US_ASCII); // read all of the response
   * writer.startTls(TlsOptions.defaults().withServerName("mail.example"));
   * }</pre>
   *
   * <p>In both roles, unread bytes that have arrived are the beginning of the TLS stream: they are
   * never read as plain text, which an attacker on the network could have inserted. So the
   * handshake fails if the peer has sent anything else after its last plain message. Bytes that
   * were written before this call are sent first, in plain text. No task may read or write during
   * the handshake.
   *
   * @param options the TLS options
   * @param role the part that this end plays in the handshake
   * @throws org.asyncio4j.net.tls.TlsConfigurationException if the handshake fails because of this
   *     end
   * @throws IOException if the handshake fails or takes too long, the peer has ended, or the
   *     connection is lost; the connection is closed, and later calls throw the same exception
   * @throws IllegalArgumentException if a server has no context, a client that verifies the
   *     server's name has no name, or the context does not support one of the versions; nothing has
   *     changed
   * @throws IllegalStateException if a task waits in a read method or in this one, or if the caller
   *     is not a task; nothing has changed
   * @throws UnsupportedOperationException if the loop does not support TLS; nothing has changed
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; if the
   *     handshake has begun, the connection is closed
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void startTls(TlsOptions options, TlsRole role) throws IOException;

  /**
   * Closes the connection: reading stops at once, and bytes that were written are still sent. Never
   * waits; see {@link #waitClosed()}. Does nothing when repeated.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  @Override
  void close();

  /** {@return whether the connection was closed or lost} */
  boolean isClosing();

  /**
   * Suspends the current task until the connection is lost: after {@link #close()}, until all
   * written bytes are sent. A peer that does not read can delay this indefinitely; use a time
   * limit, and call {@code transport().abort()} when it expires.
   *
   * @throws IOException if the connection did not end in an orderly way; it is the exception that
   *     the connection was lost with
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; other
   *     waiting tasks continue to wait
   * @throws IllegalStateException if it has to wait and the caller is not a task
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  void waitClosed() throws IOException;

  /**
   * Returns information about the transport.
   *
   * @param key the key of the information
   * @param <T> the type of the information
   * @return the information, if the transport has it
   */
  <T> Optional<T> extraInfo(ExtraInfo<T> key);
}
