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
  private @Nullable IOException failure;
  private @Nullable IOException defect; // which leaves the lent buffers lent

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
      try {
        socket.write(pending, this);
      } catch (RuntimeException | Error thrown) {
        defect = new IOException("cannot write to %s: %s".formatted(socket, thrown), thrown);
        handle.queue(); // the loop may be polling
      }
    }
  }

  @Override
  public void completed(int taken) {
    requireUnderWay();
    underWay = false;
    // At once, so that a run that ends now has started to write all that fits into the system.
    events.written(taken);
    handle.queue();
  }

  @Override
  public void failed(IOException reason) {
    requireUnderWay();
    failure = reason;
    handle.queue();
  }

  private void requireUnderWay() {
    if (!underWay || failure != null) {
      throw new IllegalStateException(
          "cannot complete a write of %s: none is under way; complete each one once"
              .formatted(socket));
    }
  }

  private void report() {
    if (defect != null) {
      events.failed(defect);
    } else if (failure != null) {
      events.writeFailed(failure);
    } else {
      events.writable();
    }
  }
}
