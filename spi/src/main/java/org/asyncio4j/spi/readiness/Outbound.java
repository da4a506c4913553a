package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.IoHandle;
import org.jspecify.annotations.Nullable;

/**
 * The writing half of a connection: tries at once, keeps a copy of the rest, and paces the
 * protocol.
 */
final class Outbound {

  private final StreamTransport transport;
  private final StreamSocket socket;
  private final ConnectionState state;
  private final GatherArray gather;
  private final WriteBuffer buffer;
  private final FlowControl flow = new FlowControl();
  private final Context context;
  private final IoHandle handle;
  private final ReadinessEventLoop loop;

  // Of the loop's thread. While a file is sent, its task writes and nobody else.
  private boolean sendingFile;
  private @Nullable Promise<@Nullable Void> fileWaiter;

  Outbound(
      StreamTransport transport,
      StreamSocket socket,
      ConnectionState state,
      LoopResources resources,
      ReadinessEventLoop loop,
      Context context) {
    this.transport = transport;
    this.socket = socket;
    this.state = state;
    this.gather = resources.gather();
    this.buffer = new WriteBuffer(resources.chunks(), resources.gather());
    this.context = context;
    this.loop = loop;
    this.handle = loop.ioHandle(this::writeQueued, context, "write to", transport);
  }

  /** Queues a write; on the thread that polls. */
  void ready() {
    handle.queue();
  }

  boolean isFlushed() {
    return buffer.isEmpty() && !sendingFile;
  }

  long size() {
    return buffer.size();
  }

  WriteBufferLimits limits() {
    return flow.limits();
  }

  void setLimits(WriteBufferLimits limits) {
    flow.setLimits(limits);
    pauseIfFull();
  }

  void write(ByteBuffer data) {
    requireOutput("write");
    BufferChecks.requireReadable(data, "write");
    if (!data.hasRemaining()) {
      return;
    }
    if (state.isLost()) {
      drop();
    } else if (buffer.isEmpty()) {
      writeAtOnce(data);
    }
    if (data.hasRemaining()) {
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
      watchForRoom();
    }
  }

  /** The connection is lost: drops what is left. */
  void discard() {
    buffer.clear();
    wakeFile();
  }

  /** Reserves the output for a file; {@link #endFile()} gives it back. */
  void beginFile() {
    if (sendingFile) {
      throw new IllegalStateException(
          "only one file at a time may be sent over %s; await the first".formatted(transport));
    }
    requireOutput("sendFile");
    sendingFile = true;
  }

  /** Suspends the current task until what was written before is written. */
  void awaitFlush() throws IOException {
    while (!buffer.isEmpty()) {
      awaitRoom();
    }
    requireAlive();
  }

  /** Suspends the current task until the system may take more. */
  void awaitRoom() throws IOException {
    Promise<@Nullable Void> promise = loop.createFuture();
    fileWaiter = promise;
    try {
      transport.watch(Interest.WRITE, true);
      promise.await();
    } finally {
      fileWaiter = null;
    }
    requireAlive();
  }

  void requireAlive() throws IOException {
    if (state.isLost()) {
      SocketException lost =
          new SocketException(
              "connection must last for sendFile but was lost meanwhile: " + transport);
      lost.initCause(transport.reason());
      throw lost;
    }
  }

  /** What waited for the end of the file happens in a callback, as it does behind a write. */
  void endFile() {
    sendingFile = false;
    if (!state.isLost()) {
      handle.queue();
    }
  }

  private void requireOutput(String method) {
    if (state.isOutputEnding()) {
      throw new IllegalStateException("Cannot call %s() after writeEof()".formatted(method));
    }
    if (sendingFile) {
      throw new IllegalStateException(
          "Cannot call %s() while sendFile is in progress; await it first".formatted(method));
    }
  }

  private void drop() {
    if (state.dropWrite()) {
      transport.logDroppedWrite();
    }
  }

  /**
   * Writes until the system takes no more. In pieces, because drivers copy what is on the heap
   * before they write it: a large array would be copied as a whole for the little that is taken of
   * it.
   */
  private void writeAtOnce(ByteBuffer data) {
    int start = data.position();
    int end = data.limit();
    try {
      int tried;
      do {
        tried = Math.min(end - data.position(), GatherArray.ENOUGH_BYTES);
        data.limit(data.position() + tried);
      } while (socket.write(data) == tried && data.position() < end);
    } catch (IOException failure) {
      transport.connectionFailed(failure);
    } catch (RuntimeException | Error thrown) {
      if (data.position() == start) {
        BufferChecks.requireReadable(data, "write"); // freed meanwhile: nothing was written
      }
      writeFailed(thrown);
    } finally {
      data.limit(end);
    }
  }

  private void keepRest(ByteBuffer data) {
    if (state.isLost()) {
      data.position(data.limit());
    } else {
      keep(data);
      watchForRoom();
    }
  }

  /** If memory is freed meanwhile, a part may be written already: the stream is torn. */
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

  /** Views, because the same buffer may come twice; the second time nothing is left of it. */
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
        gather.write(socket, views);
        while (!views.isEmpty() && !views.getFirst().hasRemaining()) {
          views.removeFirst();
        }
      } while (gather.tookAll() && !views.isEmpty());
    } catch (IOException failure) {
      transport.connectionFailed(failure);
    } catch (RuntimeException | Error thrown) {
      writeFailed(thrown);
    }
  }

  private void writeQueued() {
    if (!buffer.isEmpty()) {
      writeBuffered();
    }
    if (sendingFile) {
      continueFile();
      return;
    }
    resumeIfDrained();
    // The protocol may have written more, or have ended it all.
    if (buffer.isEmpty()) {
      transport.flushed();
      transport.watch(Interest.WRITE, false);
    }
  }

  private void writeBuffered() {
    try {
      buffer.writeTo(socket);
    } catch (IOException failure) {
      transport.connectionFailed(failure);
    } catch (RuntimeException | Error thrown) {
      writeFailed(thrown);
    }
  }

  /** The protocol is not told of room before the file is sent. */
  private void continueFile() {
    if (fileWaiter == null) {
      transport.watch(Interest.WRITE, !buffer.isEmpty());
    } else if (buffer.isEmpty()) {
      wakeFile();
    }
  }

  private void wakeFile() {
    Promise<@Nullable Void> waiting = fileWaiter;
    if (waiting != null && !waiting.isDone()) {
      waiting.setResult(null);
    }
  }

  private void writeFailed(Throwable thrown) {
    transport.callFailed("Fatal write error on socket transport", thrown);
  }

  private void watchForRoom() {
    transport.watch(Interest.WRITE, true);
    pauseIfFull();
  }

  private void pauseIfFull() {
    if (flow.pausesAt(buffer.size())) {
      StreamProtocol protocol = transport.protocol();
      try {
        // In a copy, because the caller may be in that very context, which is entered only once.
        context
            .copy()
            .run(() -> {
              protocol.pauseWriting();
              return true;
            });
      } catch (Throwable thrown) {
        transport.report("protocol.pauseWriting() failed", thrown);
      }
    }
  }

  /** A protocol that has closed its transport has nothing more to write, so it is not told to. */
  private void resumeIfDrained() {
    if (!state.isClosing() && flow.resumesAt(buffer.size())) {
      try {
        transport.protocol().resumeWriting();
      } catch (Throwable thrown) {
        transport.report("protocol.resumeWriting() failed", thrown);
      }
    }
  }
}
