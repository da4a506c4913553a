package org.asyncio4j.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.jspecify.annotations.Nullable;

/**
 * What arrives at a connection: {@code asyncio.StreamReader}.
 *
 * <pre>{@code
 * String line;
 * while ((line = reader.readLine(UTF_8)) != null) {
 *   handle(line);
 * }
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
public final class StreamReader {

  private final Incoming incoming;
  private final Abandonment.Token token;

  StreamReader(Incoming incoming, Abandonment.Token token) {
    this.incoming = incoming;
    this.token = token;
  }

  /**
   * Reads what is there, or waits until something is.
   *
   * @param max how many bytes at most
   * @return at least one byte; none at the end of the stream, or if {@code max} is zero
   * @throws IOException if the connection was lost with this
   * @throws IllegalArgumentException if {@code max} is negative; use {@link #readAll()}
   */
  public byte[] read(int max) throws IOException {
    requireNotNegative(max, "max", "use readAll to read up to the end");
    incoming.claim("StreamReader.read");
    try {
      if (max > 0) {
        awaitSomething();
      }
      return incoming.bytes().take(max);
    } finally {
      release();
    }
  }

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
  public int read(ByteBuffer target) throws IOException {
    requireNonNull(target, "target");
    BufferChecks.requireWritable(target, "read");
    incoming.claim("StreamReader.read");
    try {
      if (!target.hasRemaining()) {
        return 0;
      }
      awaitSomething();
      BufferChecks.requireWritable(target, "read"); // its memory may be freed while the task waits
      return incoming.bytes().isEmpty() ? -1 : incoming.bytes().take(target);
    } finally {
      release();
    }
  }

  /**
   * Reads up to the end of the stream: {@code read(-1)}. The peer decides how much memory that
   * takes.
   *
   * @return all that is left; none if the end was reached before
   * @throws IOException if the connection was lost with this
   */
  public byte[] readAll() throws IOException {
    incoming.claim("StreamReader.readAll");
    try {
      while (!incoming.hasEnded()) {
        incoming.await(Long.MAX_VALUE);
      }
      return incoming.bytes().take(Integer.MAX_VALUE);
    } finally {
      release();
    }
  }

  /**
   * Reads so many bytes.
   *
   * @param count how many
   * @return exactly so many
   * @throws IncompleteReadException if the stream ends before; it has what there was
   * @throws IOException if the connection was lost with this
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public byte[] readExactly(int count) throws IOException {
    requireNotNegative(count, "count", "use readAll to read up to the end");
    incoming.claim("StreamReader.readExactly");
    try {
      ByteQueue bytes = incoming.bytes();
      while (bytes.size() < count) {
        if (incoming.hasEnded()) {
          throw incoming.ofEnd(IncompleteReadException.ofCount(bytes.take(count), count));
        }
        incoming.await(count);
      }
      return bytes.take(count);
    } finally {
      release();
    }
  }

  /**
   * Reads a line: up to a newline, byte 10.
   *
   * @return the line with its newline; what there was without one at the end of the stream, and
   *     nothing after that
   * @throws LineTooLongException if there is no newline within the limit. The line is dropped, with
   *     its newline, as far as it has arrived
   * @throws IOException if the connection was lost with this
   */
  public byte[] readLine() throws IOException {
    incoming.claim("StreamReader.readLine");
    try {
      return nextLine();
    } finally {
      release();
    }
  }

  /**
   * Reads a line of text, as {@link java.io.BufferedReader#readLine()} does, but for a carriage
   * return alone, which does not end a line here.
   *
   * @param charset how to decode it, once it is there as a whole; bytes that cannot be are replaced
   * @return the line without its newline, or carriage return and newline; {@code null} at the end
   *     of the stream
   * @throws LineTooLongException as {@link #readLine()}
   * @throws IOException if the connection was lost with this
   * @throws IllegalArgumentException if a newline is not byte 10 in this charset, as in UTF-16
   */
  public @Nullable String readLine(Charset charset) throws IOException {
    byte[] newline = "\n".getBytes(charset);
    if (newline.length != 1 || newline[0] != '\n') {
      throw new IllegalArgumentException(
          "charset must encode a newline as byte 10 but was %s; use readUntil".formatted(charset));
    }
    byte[] line = readLine();
    return line.length == 0 ? null : new String(line, 0, lengthOfText(line), charset);
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
  public byte[] readUntil(byte[]... separators) throws IOException {
    Separators wanted = Separators.of(separators);
    incoming.claim("StreamReader.readUntil");
    try {
      return upTo(wanted);
    } finally {
      release();
    }
  }

  /** {@return whether the stream has ended and all of it was read} Never waits. */
  public boolean atEof() {
    return incoming.hasEnded() && incoming.bytes().isEmpty();
  }

  /** {@return what the connection was lost with, {@code null} if nothing} Never waits. */
  public @Nullable Throwable exception() {
    return incoming.failure();
  }

  @Override
  public String toString() {
    return "<StreamReader %s>".formatted(incoming);
  }

  /** Ends a read, which had the stream to itself. */
  @SuppressWarnings("ReachabilityFenceUsage") // it is only called in finally blocks
  private void release() {
    incoming.release();
    Reference.reachabilityFence(token);
  }

  private void awaitSomething() throws IOException {
    while (incoming.bytes().isEmpty() && !incoming.hasEnded()) {
      incoming.await(1);
    }
  }

  private byte[] nextLine() throws IOException {
    try {
      return upTo(Separators.NEWLINE);
    } catch (IncompleteReadException last) {
      return last.partial();
    } catch (LimitOverrunException overrun) {
      ByteQueue bytes = incoming.bytes();
      boolean complete = bytes.size() > overrun.consumed() && bytes.get(overrun.consumed()) == '\n';
      int dropped = complete ? overrun.consumed() + 1 : bytes.size();
      bytes.drop(dropped);
      throw new LineTooLongException(incoming.limit(), dropped, overrun);
    }
  }

  private byte[] upTo(Separators separators) throws IOException {
    ByteQueue bytes = incoming.bytes();
    int searched = 0;
    while (true) {
      Separators.Match match = separators.find(bytes, searched);
      if (match != null) {
        if (match.start() > incoming.limit()) {
          throw incoming.ofPeer(LimitOverrunException.foundLate(match.start(), incoming.limit()));
        }
        return bytes.take(match.end());
      }
      searched = Math.max(searched, separators.searchedTo(bytes));
      if (searched > incoming.limit()) {
        throw incoming.ofPeer(LimitOverrunException.notFound(searched, incoming.limit()));
      }
      if (incoming.hasEnded()) {
        throw incoming.ofEnd(IncompleteReadException.ofSeparator(bytes.take(bytes.size())));
      }
      incoming.await(bytes.size() + 1L);
    }
  }

  private static int lengthOfText(byte[] line) {
    int length = line.length;
    if (line[length - 1] == '\n') {
      length--;
      if (length > 0 && line[length - 1] == '\r') {
        length--;
      }
    }
    return length;
  }

  private static void requireNotNegative(int number, String name, String remedy) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "%s must not be negative but was %d; %s".formatted(name, number, remedy));
    }
  }
}
