package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.Context;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.transport.StreamEvents;
import org.asyncio4j.spi.transport.TransportResources;
import org.jspecify.annotations.Nullable;

/**
 * The reads of a stream transport, one at a time. A pending read cannot be cancelled: if it
 * completes while reading is paused, its bytes are kept until the transport reads again.
 */
final class CompletionReads implements Completion {

  private final CompletionSocket socket;
  private final TransportResources resources;
  private final StreamEvents events;
  private final IoHandle handle;

  // Belongs to the system while a read is pending; otherwise, received bytes are between position
  // and limit.
  private @Nullable ByteBuffer buffer;
  private boolean atEnd;
  private @Nullable IOException failure;

  private boolean wanted;
  private boolean underWay;
  private boolean delivering;
  private boolean cancelled;

  CompletionReads(
      CompletionEventLoop loop,
      TransportResources resources,
      CompletionSocket socket,
      Context context,
      StreamEvents events) {
    this.socket = socket;
    this.resources = resources;
    this.events = events;
    this.handle = loop.ioHandle(this::deliver, context, "receive on", events);
  }

  void start() {
    wanted = true;
    proceed();
  }

  void stop() {
    wanted = false;
    handle.cancel();
  }

  /** Stops reporting. */
  void cancel() {
    stop();
    cancelled = true;
    release();
  }

  @Override
  public void completed(int count) {
    end();
    if (buffer != null) {
      buffer.position(0).limit(Math.max(count, 0));
    }
    atEnd = count < 0;
    proceed();
  }

  @Override
  public void failed(IOException reason) {
    end();
    if (buffer != null) {
      buffer.limit(0);
    }
    failure = reason;
    proceed();
  }

  private void end() {
    if (!underWay) {
      throw new IllegalStateException(
          "cannot complete a read of %s: none is under way; complete each one once"
              .formatted(socket));
    }
    underWay = false;
    release();
  }

  private void proceed() {
    if (!wanted || underWay || delivering) {
      return;
    }
    if (hasArrived()) {
      handle.queue();
    } else {
      read();
    }
  }

  private boolean hasArrived() {
    return atEnd || failure != null || (buffer != null && buffer.hasRemaining());
  }

  private void read() {
    underWay = true;
    try {
      ByteBuffer target = buffer;
      if (target == null) {
        target = resources.lendBuffer();
        buffer = target;
      }
      socket.read(target.clear(), this);
    } catch (RuntimeException | Error thrown) {
      events.failed(new IOException("cannot read from %s: %s".formatted(socket, thrown), thrown));
    }
  }

  private void deliver() {
    delivering = true;
    try {
      if (buffer != null && buffer.hasRemaining()) {
        events.received(buffer);
      } else if (failure != null) {
        events.failed(failure);
      } else if (atEnd) {
        events.endOfInput();
      }
    } finally {
      delivering = false;
      release();
    }
    proceed();
  }

  /** Returns the buffer to the pool, once neither the system nor a callback uses it. */
  private void release() {
    if (cancelled && !underWay && !delivering && buffer != null) {
      resources.giveBack(buffer);
      buffer = null;
    }
  }
}
