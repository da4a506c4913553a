package org.example.asyncchannel;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The incoming direction. One read is under way at a time; what it brings while reading is paused
 * waits in the buffer.
 */
final class Reading {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final AsyncTransport transport;
  private final AsynchronousSocketChannel channel;
  private final Completions completions;
  private final Context context;

  // From position to limit: what was read and not delivered.
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
  private boolean started;
  private boolean paused;
  private boolean underWay;
  private boolean atEnd;
  private boolean endDelivered;
  private @Nullable Throwable failure;

  Reading(
      AsyncTransport transport,
      AsynchronousSocketChannel channel,
      Completions completions,
      Context context) {
    this.transport = transport;
    this.channel = channel;
    this.completions = completions;
    this.context = context;
  }

  void start() {
    started = true;
    goOn();
  }

  boolean isReading() {
    return !paused && !transport.isClosing();
  }

  void pause() {
    if (isReading()) {
      paused = true;
    }
  }

  void resume() {
    if (paused && !transport.isClosing()) {
      paused = false;
      transport.soon(this::goOn);
    }
  }

  private void goOn() {
    if (!started || underWay) {
      return;
    }
    while (isReading() && buffer.hasRemaining()) {
      deliver();
    }
    if (isReading() && failure != null) {
      transport.lose(failure);
    } else if (isReading() && atEnd && !endDelivered) {
      endDelivered = true;
      deliverEnd();
    } else if (isReading() && !atEnd) {
      underWay = true;
      channel.read(
          buffer.clear(), null, completions.handler(context, this::completed, this::failed));
    }
  }

  private void completed(int count) {
    underWay = false;
    atEnd = count < 0;
    buffer.flip();
    transport.call(this::goOn);
  }

  private void failed(Throwable reason) {
    underWay = false;
    buffer.position(0).limit(0);
    failure = reason;
    transport.call(this::goOn);
  }

  private void deliver() {
    switch (transport.protocol()) {
      case Protocol protocol -> deliver(protocol);
      case BufferedProtocol protocol -> deliver(protocol);
    }
  }

  private void deliver(Protocol protocol) {
    try {
      protocol.dataReceived(buffer);
    } catch (Throwable thrown) {
      transport.callFailed("dataReceived", thrown);
    } finally {
      buffer.position(buffer.limit());
    }
  }

  private void deliver(BufferedProtocol protocol) {
    String method = "getBuffer";
    try {
      ByteBuffer room = protocol.getBuffer(buffer.remaining());
      int count = Math.min(room.remaining(), buffer.remaining());
      if (count == 0) {
        throw new IllegalStateException("getBuffer() must return a buffer with room but had none");
      }
      room.put(room.position(), buffer, buffer.position(), count);
      buffer.position(buffer.position() + count);
      method = "bufferUpdated";
      protocol.bufferUpdated(count);
    } catch (Throwable thrown) {
      transport.callFailed(method, thrown);
    }
  }

  private void deliverEnd() {
    try {
      if (!transport.protocol().eofReceived()) {
        transport.close();
      }
    } catch (Throwable thrown) {
      transport.callFailed("eofReceived", thrown);
    }
  }
}
