package org.asyncio4j.spi.completion;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.asyncio4j.core.Context;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.transport.DatagramEvents;
import org.jspecify.annotations.Nullable;

/**
 * The receives of a datagram transport, one at a time. A pending receive cannot be cancelled: if it
 * completes while reading is paused, its datagram is kept until the transport reads again.
 */
final class CompletionReceives implements ReceiveCompletion {

  private final IntFunction<ByteBuffer> allocator;
  private final CompletionDatagramSocket socket;
  private final DatagramEvents events;
  private final IoHandle handle;

  // Belongs to the system while a receive is pending; kept until the endpoint is collected, because
  // an open endpoint always receives.
  private @Nullable ByteBuffer buffer;
  private @Nullable SocketAddress sender; // of the datagram in the buffer
  private @Nullable IOException failure;
  private boolean wanted;
  private boolean underWay;
  private boolean delivering;

  CompletionReceives(
      CompletionEventLoop loop,
      IntFunction<ByteBuffer> allocator,
      CompletionDatagramSocket socket,
      Context context,
      DatagramEvents events) {
    this.allocator = allocator;
    this.socket = socket;
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

  @Override
  public void received(int count, SocketAddress from) {
    ByteBuffer filled = end();
    filled.position(0).limit(count);
    sender = from;
    proceed();
  }

  @Override
  public void failed(IOException reason) {
    var _ = end();
    failure = reason;
    proceed();
  }

  private ByteBuffer end() {
    ByteBuffer ended = buffer;
    if (!underWay || ended == null) {
      throw new IllegalStateException(
          "cannot complete a receive of %s: none is under way; complete each one once"
              .formatted(socket));
    }
    underWay = false;
    return ended;
  }

  private void proceed() {
    if (!wanted || underWay || delivering) {
      return;
    }
    if (sender != null || failure != null) {
      handle.queue();
    } else {
      receive();
    }
  }

  private void receive() {
    underWay = true;
    try {
      ByteBuffer target = buffer;
      if (target == null) {
        target = allocator.apply(events.receiveBytes());
        buffer = target;
      }
      socket.receive(target.clear(), this);
    } catch (RuntimeException | Error thrown) {
      events.failed(new IOException("cannot receive on %s: %s".formatted(socket, thrown), thrown));
    }
  }

  private void deliver() {
    ByteBuffer filled = buffer;
    SocketAddress from = sender;
    IOException reason = failure;
    sender = null;
    failure = null;
    delivering = true;
    try {
      if (from != null && filled != null) {
        events.received(filled, from);
      } else if (reason != null) {
        events.receiveFailed(reason);
      }
    } finally {
      delivering = false;
    }
    proceed();
  }
}
