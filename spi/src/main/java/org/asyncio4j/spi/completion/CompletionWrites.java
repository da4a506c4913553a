package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.transport.StreamEvents;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a stream transport, one at a time. Buffers that are lent to a write stay lent until
 * it has ended, even if the connection is lost before that.
 */
final class CompletionWrites implements Completion {

  private final CompletionSocket socket;
  private final StreamEvents events;
  private final IoHandle handle;
  private boolean underWay;
  private boolean ended; // and not reported yet
  private int count;
  private @Nullable IOException failure;

  CompletionWrites(
      CompletionEventLoop loop, CompletionSocket socket, Context context, StreamEvents events) {
    this.socket = socket;
    this.events = events;
    this.handle = loop.ioHandle(this::report, context, "write to", events);
  }

  /**
   * Writes the pending bytes, unless a write is in progress, which will be followed by another one.
   */
  void start() {
    if (underWay) {
      return;
    }
    List<ByteBuffer> pending = events.lendPending();
    if (!pending.isEmpty()) {
      underWay = true;
      socket.write(pending, this);
    }
  }

  @Override
  public void completed(int taken) {
    end();
    count = taken;
  }

  @Override
  public void failed(IOException reason) {
    end();
    failure = reason;
  }

  private void end() {
    if (!underWay || ended) {
      throw new IllegalStateException(
          "cannot complete a write of %s: none is under way; complete each one once"
              .formatted(socket));
    }
    ended = true;
    handle.queue();
  }

  private void report() {
    ended = false;
    underWay = false;
    if (failure != null) {
      events.writeFailed(failure);
    } else {
      events.written(count);
    }
  }
}
