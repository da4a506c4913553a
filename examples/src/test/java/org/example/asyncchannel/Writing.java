package org.example.asyncchannel;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.WriteBufferLimits;

/** The outgoing direction. One write is under way at a time; it takes all that waits. */
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

  void ensureOpen(String method) {
    if (ending) {
      throw new IllegalStateException("Cannot call %s() after writeEof()".formatted(method));
    }
  }

  void write(ByteBuffer data) {
    ensureOpen("write");
    int count = data.remaining();
    if (transport.isLost()) {
      data.position(data.limit());
    } else if (count > 0) {
      queue.add(ByteBuffer.allocate(count).put(data).flip());
      size += count;
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

  private void goOn() {
    if (!underWay && !queue.isEmpty()) {
      underWay = true;
      ByteBuffer[] all = queue.toArray(ByteBuffer[]::new);
      channel.write(
          all,
          0,
          all.length,
          0,
          TimeUnit.NANOSECONDS,
          null,
          completions.handler(context, this::completed, this::failed));
    }
  }

  private void completed(long count) {
    underWay = false;
    if (transport.isLost()) {
      return;
    }
    size -= count;
    while (!queue.isEmpty() && !queue.getFirst().hasRemaining()) {
      queue.removeFirst();
    }
    if (paused) {
      transport.call(this::resumeIfLow);
    }
    goOn();
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
        transport.protocol().pauseWriting();
      } catch (Throwable thrown) {
        transport.report("protocol.pauseWriting() failed", thrown);
      }
    }
  }

  private void resumeIfLow() {
    if (paused && !transport.isLost() && size <= limits.lowBytes()) {
      paused = false;
      try {
        transport.protocol().resumeWriting();
      } catch (Throwable thrown) {
        transport.report("protocol.resumeWriting() failed", thrown);
      }
    }
  }
}
