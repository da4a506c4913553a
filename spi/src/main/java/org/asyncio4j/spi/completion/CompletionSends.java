package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.asyncio4j.core.Context;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.transport.DatagramEvents;
import org.asyncio4j.spi.transport.PendingDatagram;
import org.jspecify.annotations.Nullable;

/** The sends of a datagram transport, one at a time, from a buffer that belongs to the loop. */
final class CompletionSends implements Completion {

  // Most datagrams fit into one packet of an Ethernet.
  private static final int LEAST_BYTES = 2048;

  private final IntFunction<ByteBuffer> allocator;
  private final CompletionDatagramSocket socket;
  private final DatagramEvents events;
  private final IoHandle handle;
  private @Nullable ByteBuffer buffer; // belongs to the system while a send is pending
  private boolean underWay;
  private @Nullable IOException defect; // of the socket, not of a datagram

  CompletionSends(
      CompletionEventLoop loop,
      IntFunction<ByteBuffer> allocator,
      CompletionDatagramSocket socket,
      Context context,
      DatagramEvents events) {
    this.allocator = allocator;
    this.socket = socket;
    this.events = events;
    this.handle = loop.ioHandle(this::report, context, "send on", events);
  }

  /**
   * Sends the first datagram, unless a send is under way, which will be followed by another one.
   */
  void start() {
    if (!underWay) {
      events.firstPending().ifPresent(this::send);
    }
  }

  @Override
  public void completed(int count) {
    end();
    events.sent();
    proceed();
  }

  @Override
  public void failed(IOException reason) {
    end();
    events.sendFailed(reason);
    proceed();
  }

  private void end() {
    if (!underWay) {
      throw new IllegalStateException(
          "cannot complete a send of %s: none is under way; complete each one once"
              .formatted(socket));
    }
    underWay = false;
  }

  /** Goes on at once, so that a run that ends now has sent as much as fits into the system. */
  private void proceed() {
    start();
    handle.queue();
  }

  private void send(PendingDatagram datagram) {
    underWay = true;
    try {
      socket.send(copyOf(datagram.data()), datagram.to(), this);
    } catch (RuntimeException | Error thrown) {
      defect = new IOException("cannot send on %s: %s".formatted(socket, thrown), thrown);
      handle.queue(); // the loop may be polling
    }
  }

  private ByteBuffer copyOf(ByteBuffer data) {
    ByteBuffer copy = buffer;
    if (copy == null || copy.capacity() < data.remaining()) {
      copy = allocator.apply(Math.max(LEAST_BYTES, data.remaining()));
      buffer = copy;
    }
    return copy.clear().put(data.duplicate()).flip();
  }

  private void report() {
    if (defect != null) {
      events.failed(defect);
    } else {
      events.writable();
    }
  }
}
