package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.asyncio4j.core.Promise;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.jspecify.annotations.Nullable;

/**
 * The writing half of a stream transport: offers bytes to the system at once, keeps a copy of the
 * bytes that the system does not take, and paces the protocol.
 */
final class StreamOutput {

  private final StreamEngine engine;
  private final StreamBackend backend;
  private final ConnectionState state;
  private final GatherArray gather;
  private final WriteBuffer buffer;
  private @Nullable Reservation reservation;

  StreamOutput(StreamEngine engine, StreamBackend backend, TransportResources resources) {
    this.engine = engine;
    this.backend = backend;
    this.state = engine.state;
    this.gather = resources.gather();
    this.buffer = new WriteBuffer(resources.chunks(), resources.gather());
  }

  boolean isFlushed() {
    return buffer.isEmpty() && reservation == null;
  }

  long size() {
    return buffer.size();
  }

  void write(ByteBuffer data) {
    requireOutput("write");
    BufferChecks.requireReadable(data, "write");
    int start = data.position();
    int end = data.limit();
    if (start == end) {
      return;
    }
    if (state.isLost()) {
      drop();
    } else if (buffer.isEmpty()) {
      // In pieces, because drivers copy heap memory before they write it: a large array would be
      // copied as a whole although only a small part is taken.
      try {
        int tried;
        do {
          tried = Math.min(end - data.position(), GatherArray.ENOUGH_BYTES);
          data.limit(data.position() + tried);
        } while (backend.write(data) == tried && data.position() < end);
      } catch (IOException failure) {
        engine.failed(failure);
      } catch (RuntimeException | Error thrown) {
        if (data.position() == start) {
          BufferChecks.requireReadable(data, "write"); // freed: nothing was written
        }
        writeFailed(thrown);
      } finally {
        data.limit(end);
      }
    }
    if (data.position() < end) {
      keepRest(data);
    }
  }

  void writeLines(List<ByteBuffer> lines) {
    requireOutput("writeLines");
    lines.forEach(line -> BufferChecks.requireReadable(line, "writeLines"));
    ArrayDeque<ByteBuffer> views = takeAll(lines);
    if (views.isEmpty()) {
      return;
    }
    if (state.isLost()) {
      drop();
    } else if (buffer.isEmpty()) {
      gatherAtOnce(views);
    }
    if (!state.isLost() && !views.isEmpty()) {
      views.forEach(this::keep);
      awaitRoom();
    }
  }

  /** Called when the system may take more. */
  void writable() {
    if (!buffer.isEmpty()) {
      writeBuffered();
    }
    if (reservation != null) {
      reservation.proceed();
      return;
    }
    proceed();
  }

  List<ByteBuffer> lendPending() {
    return buffer.lend();
  }

  /** Called when the system has taken lent bytes. Does not call the protocol. */
  void written(long count) {
    buffer.taken(count);
    if (!buffer.isEmpty() && !state.isLost()) {
      backend.startWriting();
    }
  }

  /** Takes back the lent bytes, none of which the system has taken. */
  void takeBack() {
    buffer.taken(0);
  }

  /** Drops the remaining bytes, because the connection is lost. */
  void discard() {
    buffer.clear();
    if (reservation != null) {
      reservation.wake();
    }
  }

  /** Reserves the output for a task. */
  OutputReservation reserve() {
    if (reservation != null) {
      throw new IllegalStateException(
          "cannot send a file over %s: another file is being sent; await that first"
              .formatted(engine));
    }
    requireOutput("sendFile");
    Reservation made = new Reservation();
    reservation = made;
    return made;
  }

  /** Lets the protocol write more, or finishes closing. */
  private void proceed() {
    engine.resumeIfDrained();
    if (buffer.isEmpty()) {
      engine.flushed();
      backend.stopWriting();
    }
  }

  private void requireOutput(String method) {
    if (state.isOutputEnding()) {
      throw new IllegalStateException("Cannot call %s() after writeEof()".formatted(method));
    }
    if (reservation != null) {
      throw new IllegalStateException(
          "Cannot call %s() while sendFile is in progress; await it first".formatted(method));
    }
  }

  private void drop() {
    if (state.dropWrite()) {
      engine.logDroppedWrite();
    }
  }

  private void keepRest(ByteBuffer data) {
    if (state.isLost()) {
      data.position(data.limit());
    } else {
      keep(data);
      awaitRoom();
    }
  }

  /**
   * Keeps a copy. If the memory was freed in the meantime, a part may be written already: the
   * stream is corrupt.
   */
  private void keep(ByteBuffer data) {
    if (state.isLost()) {
      return; // by the buffer before this one
    }
    try {
      buffer.append(data);
    } catch (RuntimeException | Error thrown) {
      writeFailed(thrown);
    }
  }

  /**
   * Returns views of the buffers: the same buffer may occur twice, and has no bytes left the second
   * time.
   */
  private static ArrayDeque<ByteBuffer> takeAll(List<ByteBuffer> lines) {
    ArrayDeque<ByteBuffer> views = new ArrayDeque<>(lines.size());
    for (ByteBuffer line : lines) {
      if (line.hasRemaining()) {
        views.addLast(line.duplicate());
        line.position(line.limit());
      }
    }
    return views;
  }

  private void gatherAtOnce(ArrayDeque<ByteBuffer> views) {
    try {
      do {
        gather.write(backend, views);
        while (!views.isEmpty() && !views.getFirst().hasRemaining()) {
          views.removeFirst();
        }
      } while (gather.tookAll() && !views.isEmpty());
    } catch (IOException failure) {
      engine.failed(failure);
    } catch (RuntimeException | Error thrown) {
      writeFailed(thrown);
    }
  }

  private void writeBuffered() {
    try {
      buffer.writeTo(backend);
    } catch (IOException failure) {
      engine.failed(failure);
    } catch (RuntimeException | Error thrown) {
      writeFailed(thrown);
    }
  }

  private void writeFailed(Throwable thrown) {
    engine.callFailed("Fatal write error on socket transport", thrown);
  }

  private void awaitRoom() {
    backend.startWriting();
    engine.pauseIfFull();
  }

  /**
   * A reservation of a task that sends a file. The protocol is not resumed before the file is sent.
   */
  private final class Reservation implements OutputReservation {

    private @Nullable Promise<@Nullable Void> waiter;

    @Override
    public void awaitFlush() throws IOException {
      while (!buffer.isEmpty()) {
        awaitRoom();
      }
      requireConnection();
    }

    @Override
    public void awaitRoom() throws IOException {
      Promise<@Nullable Void> promise = engine.loop().createFuture();
      waiter = promise;
      try {
        backend.startWriting();
        promise.await();
      } finally {
        waiter = null;
      }
      requireConnection();
    }

    @Override
    public void requireConnection() throws IOException {
      if (state.isLost()) {
        SocketException lost =
            new SocketException(
                "cannot finish sendFile over %s: the connection was lost".formatted(engine));
        lost.initCause(engine.reason());
        throw lost;
      }
    }

    @Override
    public void close() {
      if (reservation != this) {
        return;
      }
      reservation = null;
      if (!state.isLost()) {
        engine.callSoon(StreamOutput.this::writable);
      }
    }

    void proceed() {
      if (waiter == null && buffer.isEmpty()) {
        backend.stopWriting();
      } else if (buffer.isEmpty()) {
        wake();
      }
    }

    void wake() {
      Promise<@Nullable Void> waiting = waiter;
      if (waiting != null) {
        waiting.trySetResult(null);
      }
    }
  }
}
