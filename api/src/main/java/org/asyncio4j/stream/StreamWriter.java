package org.asyncio4j.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.net.ExtraInfo;
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
public final class StreamWriter implements AutoCloseable {

  private final Transport transport;
  private final Outgoing outgoing;
  private final Abandonment.Token token;

  StreamWriter(Transport transport, Outgoing outgoing, Abandonment.Token token) {
    this.transport = transport;
    this.outgoing = outgoing;
    this.token = token;
  }

  /** {@return the transport that this writes to} */
  public Transport transport() {
    return transport;
  }

  /**
   * Writes bytes. Never waits. After the connection was lost they are dropped; {@link #drain()}
   * tells.
   *
   * @param data the bytes; the caller may change the array as soon as this method returns
   * @throws IllegalStateException after {@link #writeEof()}
   */
  public void write(byte[] data) {
    transport.write(data);
  }

  /**
   * Writes bytes, as {@link #write(byte[])} does.
   *
   * @param data the bytes from position to limit; the position is at the limit afterwards, and the
   *     caller may use the buffer again
   * @throws IllegalStateException after {@link #writeEof()}
   */
  public void write(ByteBuffer data) {
    transport.write(data);
  }

  /**
   * Writes text, as {@link #write(byte[])} does with its bytes.
   *
   * @param text the text; nothing is added to it, not even the end of a line
   * @param charset how to encode it
   * @throws IllegalStateException after {@link #writeEof()}
   */
  public void write(String text, Charset charset) {
    transport.write(text.getBytes(charset));
  }

  /**
   * Writes several buffers in order, in as few system calls as the system allows: {@code
   * writelines}. Nothing is put between them.
   *
   * @param buffers the bytes; taken as by {@link #write(ByteBuffer)}
   * @throws IllegalStateException after {@link #writeEof()}
   */
  public void writeLines(List<ByteBuffer> buffers) {
    transport.writeLines(buffers);
  }

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
   */
  public void drain() throws IOException {
    ConnectionFailure.throwIfPresent(outgoing.failure());
    if (transport.isClosing()) {
      LoopBootstraps.get().yieldOnce();
    }
    if (outgoing.isLost()) {
      ConnectionFailure.throwIfPresent(outgoing.failure());
      throw new IOException(
          "connection must be open but %s is lost, and what is written is dropped; open another"
              .formatted(transport));
    }
    try {
      outgoing.awaitRoom();
    } finally {
      Reference.reachabilityFence(token);
    }
  }

  /** {@return whether {@link #writeEof()} can be called} */
  public boolean canWriteEof() {
    return transport.canWriteEof();
  }

  /**
   * Tells the peer that this was all, once what was written is sent. Reading goes on. Never waits,
   * and does nothing when repeated or closing.
   *
   * @throws UnsupportedOperationException if {@link #canWriteEof()} is false
   */
  public void writeEof() {
    transport.writeEof();
  }

  /**
   * Closes the connection: reading stops at once, what was written is still sent. Never waits; see
   * {@link #waitClosed()}. Does nothing when repeated.
   */
  @Override
  public void close() {
    transport.close();
  }

  /** {@return whether the connection was closed or lost} */
  public boolean isClosing() {
    return transport.isClosing();
  }

  /**
   * Suspends the current task until the connection is lost: after {@link #close()}, until what was
   * written is sent. A peer that does not read can delay that for ever; put it into a time limit,
   * and call {@code transport().abort()} when it is over.
   *
   * @throws IOException if the connection was not lost in an orderly way: what it was lost with
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled meanwhile; other tasks that
   *     wait here go on waiting
   * @throws IllegalStateException if it has to wait and no task runs here
   */
  public void waitClosed() throws IOException {
    try {
      outgoing.awaitLoss();
    } finally {
      Reference.reachabilityFence(token);
    }
  }

  /**
   * Returns what the transport knows of itself.
   *
   * @param key what to tell
   * @param <T> the type of the information
   * @return the information, if the transport has it
   */
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    return transport.extraInfo(requireNonNull(key, "key"));
  }

  @Override
  public String toString() {
    return "<StreamWriter of %s>".formatted(transport);
  }
}
