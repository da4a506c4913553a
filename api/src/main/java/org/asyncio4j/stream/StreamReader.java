package org.asyncio4j.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Optional;
import org.asyncio4j.core.ThrowingConsumer;

/**
 * Reads the bytes that arrive at a connection: {@code asyncio.StreamReader}.
 *
 * <pre>{@code
 * reader.forEachLine(UTF_8, line -> handle(line));
 * }</pre>
 *
 * <p>Every read method suspends the current task until enough bytes have arrived, and returns at
 * once if they already have. It throws
 *
 * <ul>
 *   <li>the {@link IOException} that the connection was lost with, from then on, even if bytes that
 *       arrived before are unread;
 *   <li>{@link org.asyncio4j.core.CancelledError} if the task is cancelled while it waits; bytes
 *       that have arrived stay for the next read;
 *   <li>{@link IllegalStateException} if another task waits in a read method, or if it has to wait
 *       and the caller is not a task;
 *   <li>{@link WrongThreadException} if the loop is running and the caller is not on its thread.
 * </ul>
 *
 * <p>A peer that sends faster than the program reads is held up; see {@link StreamOptions}. {@link
 * #readAll()} and {@link #readExactly} may exceed the limit.
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public interface StreamReader {

  /**
   * Reads the available bytes, or waits until some arrive.
   *
   * @param max the maximum number of bytes
   * @return at least one byte; an empty array at the end of the stream, or if {@code max} is zero
   * @throws IOException if the connection was lost with this exception
   * @throws IllegalArgumentException if {@code max} is negative; use {@link #readAll()}
   */
  byte[] read(int max) throws IOException;

  /**
   * Reads the available bytes into a buffer, or waits until some arrive.
   *
   * @param target the buffer to put the bytes into, from its position on; it is not touched before
   *     they have arrived
   * @return the number of bytes, at least one; -1 at the end of the stream; 0 if the buffer has no
   *     room
   * @throws IllegalArgumentException if the buffer is read-only
   * @throws IllegalStateException if the memory of the buffer was freed; no byte is lost
   * @throws WrongThreadException if the memory of the buffer belongs to another thread
   * @throws IOException if the connection was lost with this exception
   */
  int read(ByteBuffer target) throws IOException;

  /**
   * Reads up to the end of the stream: {@code read(-1)}. The peer determines how much memory this
   * takes.
   *
   * @return all remaining bytes; an empty array if the end was already reached
   * @throws IOException if the connection was lost with this exception
   */
  byte[] readAll() throws IOException;

  /**
   * Reads exactly {@code count} bytes.
   *
   * @param count the number of bytes
   * @return an array of {@code count} bytes
   * @throws IncompleteReadException if the stream ends before that; it contains the bytes that have
   *     arrived
   * @throws IOException if the connection was lost with this exception
   * @throws IllegalArgumentException if {@code count} is negative
   */
  byte[] readExactly(int count) throws IOException;

  /**
   * Reads a line: up to a newline, byte 10.
   *
   * @return the line with its newline; at the end of the stream the remaining bytes without one,
   *     and then an empty array
   * @throws LineTooLongException if there is no newline within the limit. The part of the line that
   *     has arrived is dropped, with its newline
   * @throws IOException if the connection was lost with this exception
   */
  byte[] readLine() throws IOException;

  /**
   * Reads a line of text, as {@link java.io.BufferedReader#readLine()} does, except that a carriage
   * return alone does not end a line.
   *
   * @param charset how to decode the line once it is complete; malformed bytes are replaced
   * @return the line without its newline, or carriage return and newline; empty at the end of the
   *     stream
   * @throws LineTooLongException as {@link #readLine()}
   * @throws IOException if the connection was lost with this exception
   * @throws IllegalArgumentException if a newline is not byte 10 in this charset, as in UTF-16
   */
  Optional<String> readTextLine(Charset charset) throws IOException;

  /**
   * Reads all lines of text up to the end of the stream ({@code async for line in reader}), each as
   * {@link #readTextLine} does, and suspends the current task until the next line arrives.
   *
   * @param charset how to decode each line
   * @param action receives each line; it may write and wait
   * @param <X> the type of the exception that the action declares to throw
   * @throws X if the action throws it; the following lines stay for the next read
   * @throws LineTooLongException as {@link #readLine()}
   * @throws IOException if the connection was lost with this exception
   * @throws IllegalArgumentException if a newline is not byte 10 in this charset, as in UTF-16
   */
  default <X extends Exception> void forEachLine(
      Charset charset, ThrowingConsumer<? super String, X> action) throws X, IOException {
    requireNonNull(action, "action");
    for (Optional<String> line = readTextLine(charset);
        line.isPresent();
        line = readTextLine(charset)) {
      action.accept(line.get());
    }
  }

  /**
   * Reads up to a separator. If there are several, the one that ends first counts.
   *
   * @param separators one or more; none may be empty
   * @return the bytes before the separator, and the separator
   * @throws IncompleteReadException if the stream ends before that; it contains the bytes that have
   *     arrived
   * @throws LimitOverrunException if the separator does not begin within the limit; bytes that have
   *     arrived stay for the next read
   * @throws IOException if the connection was lost with this exception
   * @throws IllegalArgumentException if there are no separators, or one is empty
   */
  byte[] readUntil(byte[]... separators) throws IOException;

  /** {@return whether the stream has ended and was read completely} Never waits. */
  boolean atEof();

  /** {@return the exception that the connection was lost with, if any} Never waits. */
  Optional<Throwable> exception();
}
