package org.asyncio4j.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;

/**
 * What a program writes to a connection: {@code asyncio.StreamWriter}.
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
 * <p>Writing never waits: what the system does not take at once waits in memory. {@link #drain()}
 * after each write keeps that from growing. Several tasks may write and drain at the same time.
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public interface StreamWriter extends AutoCloseable {

  /** {@return the transport that this writes to; {@link #startTls(TlsOptions)} replaces it} */
  Transport transport();

  /**
   * Writes bytes. Never waits. After the connection was lost they are dropped; {@link #drain()}
   * tells.
   *
   * @param data the bytes; the caller may change the array as soon as this method returns
   * @throws IllegalStateException after {@link #writeEof()}, or while a task waits in {@link
   *     #startTls(TlsOptions, TlsRole)}
   * @throws WrongThreadException if the loop runs and the caller is not on its thread; nothing has
   *     changed then
   */
  void write(byte[] data);

  /**
   * Writes bytes, as {@link #write(byte[])} does.
   *
   * @param data the bytes from position to limit; the position is at the limit afterwards, and the
   *     caller may use the buffer again
   * @throws IllegalStateException after {@link #writeEof()}, while a task waits in {@link
   *     #startTls(TlsOptions, TlsRole)}, or if the memory of the buffer was freed; nothing is
   *     written then
   * @throws WrongThreadException if the loop runs and the caller is not on its thread, or if the
   *     memory of the buffer belongs to another thread; nothing is written then
   */
  void write(ByteBuffer data);

  /**
   * Writes text, as {@link #write(byte[])} does with its bytes.
   *
   * @param text the text; nothing is added to it, not even the end of a line
   * @param charset how to encode it
   * @throws IllegalStateException after {@link #writeEof()}, or while a task waits in {@link
   *     #startTls(TlsOptions, TlsRole)}
   * @throws WrongThreadException if the loop runs and the caller is not on its thread; nothing has
   *     changed then
   */
  void write(String text, Charset charset);

  /**
   * Writes several buffers in order, in as few system calls as the system allows: {@code
   * writelines}. Nothing is put between them.
   *
   * @param buffers the bytes; taken as by {@link #write(ByteBuffer)}
   * @throws IllegalStateException after {@link #writeEof()}, while a task waits in {@link
   *     #startTls(TlsOptions, TlsRole)}, or if the memory of a buffer was freed; nothing is written
   *     then
   * @throws WrongThreadException if the loop runs and the caller is not on its thread, or if the
   *     memory of a buffer belongs to another thread; nothing is written then
   */
  void writeLines(List<ByteBuffer> buffers);

  /**
   * Suspends the current task while too much waits to be written, up to when little enough is left:
   * see {@link org.asyncio4j.net.WriteTransport#setWriteBufferLimits}. Returns at once if that is
   * so already, but gives way once if the connection is closing, so that a task that only writes
   * hears of the end.
   *
   * @throws IOException if the connection is lost: what it was lost with, if anything. A call that
   *     waits when the connection is lost in an orderly way returns
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled meanwhile; other tasks that
   *     wait here go on waiting
   * @throws IllegalStateException if it has to wait and no task runs here
   * @throws WrongThreadException if the loop runs and the caller is not on its thread; nothing has
   *     changed then
   */
  void drain() throws IOException;

  /** {@return whether {@link #writeEof()} can be called} */
  boolean canWriteEof();

  /**
   * Tells the peer that this was all, once what was written is sent. Reading goes on. Never waits,
   * and does nothing when repeated or closing.
   *
   * @throws UnsupportedOperationException if {@link #canWriteEof()} is false
   * @throws IllegalStateException while a task waits in {@link #startTls(TlsOptions, TlsRole)}
   * @throws WrongThreadException if the loop runs and the caller is not on its thread; nothing has
   *     changed then
   */
  void writeEof();

  /**
   * Begins to speak TLS, suspending the current task: {@code StreamWriter.start_tls}. The streams
   * of a server answer the handshake, those of a client begin it. Otherwise it does what {@link
   * #startTls(TlsOptions, TlsRole)} does.
   *
   * @param options how to speak it
   * @throws IOException as the other method does
   * @throws IllegalArgumentException as the other method does
   * @throws IllegalStateException as the other method does
   * @throws UnsupportedOperationException if the loop cannot speak TLS
   * @throws org.asyncio4j.core.CancelledError as the other method does
   * @throws WrongThreadException if the loop runs and the caller is not on its thread; nothing has
   *     changed then
   */
  void startTls(TlsOptions options) throws IOException;

  /**
   * Begins to speak TLS, suspending the current task: first as {@link #drain()} does, then until
   * the handshake is done. The same streams go on afterwards, and {@link #transport()} is another.
   *
   * <pre>{@code
   * writer.write("STARTTLS\r\n", US_ASCII);
   * Optional<String> answer = reader.readTextLine(US_ASCII); // all of the answer must be read
   * writer.startTls(TlsOptions.defaults().withServerName("mail.example"));
   * }</pre>
   *
   * <p>What has arrived and was not read yet is the beginning of the TLS stream, in both roles: it
   * is never read as plain text, which anybody on the way could have put there. So the handshake
   * fails if the peer has sent something else behind its last plain message. What was written
   * before is sent in plain text before. Nobody may read or write meanwhile.
   *
   * @param options how to speak it
   * @param role who begins the handshake
   * @throws org.asyncio4j.net.TlsConfigurationException if the handshake fails because of this end
   * @throws IOException if the handshake fails or takes too long, the peer has ended, or the
   *     connection is lost; it is closed then, and whoever uses it later hears the same
   * @throws IllegalArgumentException if a server has no context, a client that verifies the name
   *     has none, or the context does not know a version; nothing has changed then
   * @throws IllegalStateException if a task waits in a method that reads or in this one, or if no
   *     task runs here; nothing has changed then
   * @throws UnsupportedOperationException if the loop cannot speak TLS; nothing has changed then
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled meanwhile; once the
   *     handshake has begun the connection is closed then
   * @throws WrongThreadException if the loop runs and the caller is not on its thread; nothing has
   *     changed then
   */
  void startTls(TlsOptions options, TlsRole role) throws IOException;

  /**
   * Closes the connection: reading stops at once, what was written is still sent. Never waits; see
   * {@link #waitClosed()}. Does nothing when repeated.
   *
   * @throws WrongThreadException if the loop runs and the caller is not on its thread; nothing has
   *     changed then
   */
  @Override
  void close();

  /** {@return whether the connection was closed or lost} */
  boolean isClosing();

  /**
   * Suspends the current task until the connection is lost: after {@link #close()}, until what was
   * written is sent. A peer that does not read can delay that for ever; put it into a time limit,
   * and call {@code transport().abort()} when it is over.
   *
   * @throws IOException if the connection was not lost in an orderly way: what it was lost with
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled meanwhile; other tasks that
   *     wait here go on waiting
   * @throws IllegalStateException if it has to wait and no task runs here
   * @throws WrongThreadException if the loop runs and the caller is not on its thread; nothing has
   *     changed then
   */
  void waitClosed() throws IOException;

  /**
   * Returns what the transport knows of itself.
   *
   * @param key what to tell
   * @param <T> the type of the information
   * @return the information, if the transport has it
   */
  <T> Optional<T> extraInfo(ExtraInfo<T> key);
}
