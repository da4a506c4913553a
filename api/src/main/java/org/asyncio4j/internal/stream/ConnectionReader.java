package org.asyncio4j.internal.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Optional;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.stream.IncompleteReadException;
import org.asyncio4j.stream.LimitOverrunException;
import org.asyncio4j.stream.LineTooLongException;
import org.asyncio4j.stream.StreamReader;

/** Reads the bytes that have arrived at a connection. */
final class ConnectionReader implements StreamReader {

  private final ConnectionInput incoming;
  private final Abandonment.Token token;

  ConnectionReader(ConnectionInput incoming, Abandonment.Token token) {
    this.incoming = incoming;
    this.token = token;
  }

  @Override
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

  @Override
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

  @Override
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

  @Override
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

  @Override
  public byte[] readLine() throws IOException {
    incoming.claim("StreamReader.readLine");
    try {
      return nextLine();
    } finally {
      release();
    }
  }

  @Override
  public Optional<String> readTextLine(Charset charset) throws IOException {
    byte[] newline = "\n".getBytes(charset);
    if (newline.length != 1 || newline[0] != '\n') {
      throw new IllegalArgumentException(
          "charset must encode a newline as byte 10: %s; use readUntil".formatted(charset));
    }
    byte[] line = readLine();
    return line.length == 0
        ? Optional.empty()
        : Optional.of(new String(line, 0, lengthOfText(line), charset));
  }

  @Override
  public byte[] readUntil(byte[]... separators) throws IOException {
    Separators wanted = Separators.of(separators);
    incoming.claim("StreamReader.readUntil");
    try {
      return upTo(wanted);
    } finally {
      release();
    }
  }

  @Override
  public boolean atEof() {
    return incoming.hasEnded() && incoming.bytes().isEmpty();
  }

  @Override
  public Optional<Throwable> exception() {
    return Optional.ofNullable(incoming.failure());
  }

  @Override
  public String toString() {
    return "<StreamReader %s>".formatted(incoming);
  }

  /** Ends a read, which had exclusive use of the stream. */
  @SuppressWarnings("ReachabilityFenceUsage") // called only in finally blocks
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
          "%s must not be negative: %d; %s".formatted(name, number, remedy));
    }
  }
}
