package org.example.asyncchannel;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Future;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.WriteBufferLimits;

/** The outgoing direction. One write at most is under way. */
final class Writing {

  private final AsyncTransport transport;
  private final AsynchronousSocketChannel channel;
  private final Completions completions;
  private final Context context;

  private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();
  private long size;
  private WriteBufferLimits limits = WriteBufferLimits.defaults();
  private boolean paused;
  private boolean underWay;
  private boolean ending;

  Writing(
      AsyncTransport transport,
      AsynchronousSocketChannel channel,
      Completions completions,
      Context context) {
    this.transport = transport;
    this.channel = channel;
    this.completions = completions;
    this.context = context;
  }

  boolean isFlushed() {
    return size == 0;
  }

  boolean isEnding() {
    return ending;
  }

  long size() {
    return size;
  }

  WriteBufferLimits limits() {
    return limits;
  }

  void setLimits(WriteBufferLimits changed) {
    limits = changed;
    pauseIfFull();
  }

  private void ensureOpen(String method) {
    if (ending) {
      throw new IllegalStateException("Cannot call %s() after writeEof()".formatted(method));
    }
  }

  void write(ByteBuffer data) {
    ensureOpen("write");
    take(copyOf(data));
  }

  /** Copies all before it takes the first: memory of one of them may have been freed. */
  void writeLines(List<ByteBuffer> buffers) {
    ensureOpen("writeLines");
    buffers.stream().map(Writing::copyOf).toList().forEach(this::take);
  }

  private static ByteBuffer copyOf(ByteBuffer data) {
    return ByteBuffer.allocate(data.remaining()).put(data).flip();
  }

  private void take(ByteBuffer copy) {
    if (copy.hasRemaining() && !transport.isLost()) {
      queue.add(copy);
      size += copy.remaining();
      goOn();
      pauseIfFull();
    }
  }

  void end() {
    if (!ending) {
      ending = true;
      if (isFlushed()) {
        transport.flushed();
      }
    }
  }

  void discard() {
    queue.clear();
    size = 0;
  }

  /** Writes until the system takes no more; what is then under way tells when it has. */
  private void goOn() {
    while (!underWay && !queue.isEmpty()) {
      ByteBuffer first = queue.getFirst();
      Future<Integer> written = channel.write(first);
      switch (written.state()) {
        case SUCCESS -> {
          taken(written.resultNow());
          finishLater(first);
        }
        case FAILED, CANCELLED -> transport.lose(written.exceptionNow());
        case RUNNING -> {
          underWay = true;
          completions.await(written, context, this::completed, this::failed);
        }
      }
    }
  }

  /** The system has taken part of a buffer: it is full, and is not asked again before it is not. */
  private void finishLater(ByteBuffer buffer) {
    if (buffer.hasRemaining()) {
      underWay = true;
      channel.write(buffer, null, completions.handler(context, this::completed, this::failed));
    }
  }

  private void taken(int count) {
    size -= count;
    if (!queue.getFirst().hasRemaining()) {
      queue.removeFirst();
    }
  }

  private void completed(int count) {
    underWay = false;
    if (transport.isLost()) {
      return;
    }
    taken(count);
    goOn();
    if (paused) {
      transport.call(this::resumeIfLow);
    }
    if (isFlushed()) {
      transport.flushed();
    }
  }

  private void failed(Throwable failure) {
    underWay = false;
    transport.lose(failure);
  }

  private void pauseIfFull() {
    if (!paused && size > limits.highBytes()) {
      paused = true;
      try {
        // In a copy, because the caller may be in that very context, which is entered only once.
        context
            .copy()
            .run(() -> {
              transport.protocol().pauseWriting();
              return true;
            });
      } catch (Throwable thrown) {
        transport.report("protocol.pauseWriting() failed", thrown);
      }
    }
  }

  private void resumeIfLow() {
    if (paused && !transport.isClosing() && size <= limits.lowBytes()) {
      paused = false;
      try {
        transport.protocol().resumeWriting();
      } catch (Throwable thrown) {
        transport.report("protocol.resumeWriting() failed", thrown);
      }
    }
  }
}
