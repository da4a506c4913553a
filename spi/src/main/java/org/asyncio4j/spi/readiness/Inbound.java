package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.Context;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.IoHandle;

/**
 * The reading half of a connection: one bounded read for each time that the socket is ready, so
 * that nobody starves the others.
 *
 * <p>A protocol's callback may park: the loop goes on then. Nothing is read until it returns, so
 * that the protocol hears of the data in order and one at a time.
 */
final class Inbound {

  private final StreamTransport transport;
  private final StreamSocket socket;
  private final ConnectionState state;
  private final ReadBuffers buffers;
  private final Runnable receive = this::receive;
  private final IoHandle handle;

  // Of the loop's thread.
  private boolean paused;
  private boolean heldBack = true; // until connectionMade has returned

  Inbound(
      StreamTransport transport,
      StreamSocket socket,
      ConnectionState state,
      ReadBuffers buffers,
      ReadinessEventLoop loop,
      Context context) {
    this.transport = transport;
    this.socket = socket;
    this.state = state;
    this.buffers = buffers;
    this.handle = loop.ioHandle(this::receiveOnce, context, "receive on", transport);
  }

  /** Queues a read; on the thread that polls. */
  void ready() {
    handle.queue();
  }

  boolean isReading() {
    return !paused && !state.isClosing();
  }

  void pause() {
    paused = true;
    stop();
  }

  void resume() {
    paused = false;
    updateWatch();
  }

  /** Stops watching, and takes back a read that is queued. */
  void stop() {
    handle.cancel();
    updateWatch();
  }

  /** Calls the protocol, and reads nothing until it returns, even if it parks. */
  void whileHeldBack(Runnable call) {
    heldBack = true;
    try {
      call.run();
    } finally {
      heldBack = false;
      updateWatch();
    }
  }

  private boolean mayReceive() {
    return !paused && !heldBack && state.mayRead();
  }

  private void updateWatch() {
    transport.watch(Interest.READ, mayReceive());
  }

  private void receiveOnce() {
    if (mayReceive()) {
      whileHeldBack(receive);
    } else {
      // Level-triggered: without this the loop would spin for as long as a callback is parked.
      updateWatch();
    }
  }

  private void receive() {
    StreamProtocol protocol = transport.protocol();
    if (protocol instanceof BufferedProtocol lender) {
      receive(lender);
    } else if (protocol instanceof Protocol listener) {
      ByteBuffer buffer = buffers.lend();
      try {
        receive(listener, buffer);
      } finally {
        buffers.giveBack(buffer);
      }
    }
  }

  private void receive(Protocol protocol, ByteBuffer buffer) {
    int count = read(buffer);
    if (count > 0) {
      try {
        protocol.dataReceived(buffer.flip());
      } catch (Throwable thrown) {
        transport.callFailed("Fatal error: protocol.dataReceived() call failed.", thrown);
      }
    } else if (count < 0) {
      receiveEof(protocol);
    }
  }

  private void receive(BufferedProtocol protocol) {
    ByteBuffer buffer;
    try {
      buffer = BufferChecks.requireRoom(protocol.getBuffer(-1));
    } catch (Throwable thrown) {
      transport.callFailed("Fatal error: protocol.getBuffer() call failed.", thrown);
      return;
    }
    if (paused || !state.mayRead()) {
      return; // that is what getBuffer has asked for
    }
    int count = readAndRestore(buffer);
    if (count > 0) {
      try {
        protocol.bufferUpdated(count);
      } catch (Throwable thrown) {
        transport.callFailed("Fatal error: protocol.bufferUpdated() call failed.", thrown);
      }
    } else if (count < 0) {
      receiveEof(protocol);
    }
  }

  private void receiveEof(StreamProtocol protocol) {
    state.endInput();
    boolean keepOpen;
    try {
      keepOpen = protocol.eofReceived();
    } catch (Throwable thrown) {
      transport.callFailed("Fatal error: protocol.eofReceived() call failed.", thrown);
      return;
    }
    if (!keepOpen) {
      transport.closeQuietly();
    }
  }

  private int readAndRestore(ByteBuffer buffer) {
    int position = buffer.position();
    int limit = buffer.limit();
    buffer.limit(position + Math.min(buffer.remaining(), ReadBuffers.BYTES));
    try {
      return read(buffer);
    } finally {
      buffer.limit(limit).position(position);
    }
  }

  /** Returns 0 if nothing was there or the connection has failed. */
  private int read(ByteBuffer buffer) {
    try {
      return socket.read(buffer);
    } catch (IOException failure) {
      transport.connectionFailed(failure);
    } catch (RuntimeException | Error thrown) {
      transport.callFailed("Fatal read error on socket transport", thrown);
    }
    return 0;
  }
}
