package org.asyncio4j.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Optional;
import org.asyncio4j.core.ThrowingConsumer;

/**
 * What arrives at a connection: {@code asyncio.StreamReader}.
 *
 * <pre>{@code
 * reader.forEachLine(UTF_8, line -> handle(line));
 * }</pre>
 *
 * <p>Every method that reads suspends the current task until there is enough, and returns at once
 * if there is. It throws
 *
 * <ul>
 *   <li>the {@link IOException} that the connection was lost with, from then on, even if not all
 *       was read that arrived before;
 *   <li>{@link org.asyncio4j.core.CancelledError} if the task is cancelled while it waits; what has
 *       arrived stays for the next read;
 *   <li>{@link IllegalStateException} if another task waits in a method that reads, or if it has to
 *       wait and no task runs here;
 *   <li>{@link WrongThreadException} if the loop runs and the caller is not on its thread.
 * </ul>
 *
 * <p>A peer that sends faster than the program reads is held up: see {@link StreamOptions}. {@link
 * #readAll()} and {@link #readExactly} take whatever they are asked for, beyond the limit, too.
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public interface StreamReader {

  /**
   * Reads what is there, or waits until something is.
   *
   * @param max how many bytes at most
   * @return at least one byte; none at the end of the stream, or if {@code max} is zero
   * @throws IOException if the connection was lost with this
   * @throws IllegalArgumentException if {@code max} is negative; use {@link #readAll()}
   */
  byte[] read(int max) throws IOException;

  /**
   * Reads what is there into a buffer, or waits until something is.
   *
   * @param target where to put the bytes, from its position on; not touched before they are there
   * @return how many bytes, at least one; -1 at the end of the stream; 0 if the buffer has no room
   * @throws IllegalArgumentException if the buffer is read-only
   * @throws IllegalStateException if the memory of the buffer was freed; no byte is lost then
   * @throws WrongThreadException if the memory of the buffer belongs to another thread
   * @throws IOException if the connection was lost with this
   */
  int read(ByteBuffer target) throws IOException;

  /**
   * Reads up to the end of the stream: {@code read(-1)}. The peer decides how much memory that
   * takes.
   *
   * @return all that is left; none if the end was reached before
   * @throws IOException if the connection was lost with this
   */
  byte[] readAll() throws IOException;

  /**
   * Reads so many bytes.
   *
   * @param count how many
   * @return exactly so many
   * @throws IncompleteReadException if the stream ends before; it has what there was
   * @throws IOException if the connection was lost with this
   * @throws IllegalArgumentException if {@code count} is negative
   */
  byte[] readExactly(int count) throws IOException;

  /**
   * Reads a line: up to a newline, byte 10.
   *
   * @return the line with its newline; what there was without one at the end of the stream, and
   *     nothing after that
   * @throws LineTooLongException if there is no newline within the limit. The line is dropped, with
   *     its newline, as far as it has arrived
   * @throws IOException if the connection was lost with this
   */
  byte[] readLine() throws IOException;

  /**
   * Reads a line of text, as {@link java.io.BufferedReader#readLine()} does, but for a carriage
   * return alone, which does not end a line here.
   *
   * @param charset how to decode it, once it is there as a whole; bytes that cannot be are replaced
   * @return the line without its newline, or carriage return and newline; empty at the end of the
   *     stream
   * @throws LineTooLongException as {@link #readLine()}
   * @throws IOException if the connection was lost with this
   * @throws IllegalArgumentException if a newline is not byte 10 in this charset, as in UTF-16
   */
  Optional<String> readTextLine(Charset charset) throws IOException;

  /**
   * Reads all lines of text up to the end of the stream ({@code async for line in reader}), each as
   * {@link #readTextLine} does, and suspends the current task while the next one has not arrived.
   *
   * @param charset how to decode each line
   * @param action receives each line; may write, and wait
   * @param <X> what the action declares to throw
   * @throws X if the action throws it; the lines behind it stay for the next read
   * @throws LineTooLongException as {@link #readLine()}
   * @throws IOException if the connection was lost with this
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
   * @return what comes before it, and the separator
   * @throws IncompleteReadException if the stream ends before; it has what there was
   * @throws LimitOverrunException if the separator does not begin within the limit; what has
   *     arrived stays for the next read
   * @throws IOException if the connection was lost with this
   * @throws IllegalArgumentException if there are no separators, or one is empty
   */
  byte[] readUntil(byte[]... separators) throws IOException;

  /** {@return whether the stream has ended and all of it was read} Never waits. */
  boolean atEof();

  /** {@return what the connection was lost with, if with anything} Never waits. */
  Optional<Throwable> exception();
}
