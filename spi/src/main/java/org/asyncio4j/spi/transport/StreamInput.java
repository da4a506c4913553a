package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;

/** The reading half of a stream transport: passes the backend's data to the protocol. */
final class StreamInput {

  private final StreamEngine engine;
  private final ReadGate gate;
  private final ReadBuffers buffers;

  StreamInput(StreamEngine engine, ReadGate gate, ReadBuffers buffers) {
    this.engine = engine;
    this.gate = gate;
    this.buffers = buffers;
  }

  /** Reads once, up to a limit, so that no connection starves the others. */
  void readFrom(ByteSource source) {
    if (!gate.enter()) {
      return;
    }
    try {
      StreamProtocol protocol = engine.protocol();
      if (protocol instanceof BufferedProtocol lender) {
        readInto(lender, source);
      } else if (protocol instanceof Protocol receiver) {
        ByteBuffer buffer = buffers.lend();
        try {
          readInto(receiver, buffer, source);
        } finally {
          buffers.giveBack(buffer);
        }
      }
    } finally {
      gate.leave();
    }
  }

  /** Passes on bytes that were already read. */
  void received(ByteBuffer data) {
    if (!enterToDeliver("data")) {
      data.position(data.limit());
      return;
    }
    data.order(ByteOrder.BIG_ENDIAN); // backends use their buffers again, protocols may change it
    try {
      while (data.hasRemaining() && gate.mayContinue()) {
        StreamProtocol protocol = engine.protocol();
        if (protocol instanceof BufferedProtocol lender) {
          copyInto(lender, data);
        } else if (protocol instanceof Protocol receiver) {
          deliver(receiver, data);
        }
      }
    } finally {
      if (engine.isClosing()) {
        data.position(data.limit());
      }
      gate.leave();
    }
  }

  void endOfInput() {
    if (!enterToDeliver("the end of input")) {
      return;
    }
    try {
      deliverEnd(engine.protocol());
    } finally {
      gate.leave();
    }
  }

  /** Returns whether the data may be delivered. */
  private boolean enterToDeliver(String what) {
    if (engine.isClosing()) {
      return false;
    }
    if (!gate.enter()) {
      throw new IllegalStateException(
          "cannot deliver %s on %s: reading has stopped; keep it until startReading() is called"
              .formatted(what, engine));
    }
    return true;
  }

  private void readInto(Protocol protocol, ByteBuffer buffer, ByteSource source) {
    int count = read(source, buffer);
    if (count > 0) {
      deliver(protocol, buffer.flip());
    } else if (count < 0) {
      deliverEnd(protocol);
    }
  }

  private void readInto(BufferedProtocol protocol, ByteSource source) {
    ByteBuffer buffer;
    try {
      buffer = BufferChecks.requireRoom(protocol.getBuffer(-1));
    } catch (Throwable thrown) {
      engine.callFailed("Fatal error: protocol.getBuffer() call failed.", thrown);
      return;
    }
    if (!gate.mayContinue()) {
      return; // getBuffer has paused or closed the transport
    }
    int count = readAndRestore(source, buffer);
    if (count > 0) {
      bufferUpdated(protocol, count);
    } else if (count < 0) {
      deliverEnd(protocol);
    }
  }

  private void deliver(Protocol protocol, ByteBuffer data) {
    try {
      protocol.dataReceived(data);
    } catch (Throwable thrown) {
      engine.callFailed("Fatal error: protocol.dataReceived() call failed.", thrown);
    } finally {
      data.position(data.limit());
    }
  }

  private void copyInto(BufferedProtocol protocol, ByteBuffer data) {
    int count;
    try {
      ByteBuffer buffer = BufferChecks.requireRoom(protocol.getBuffer(data.remaining()));
      if (!gate.mayContinue()) {
        return;
      }
      count = Math.min(buffer.remaining(), data.remaining());
      buffer.put(buffer.position(), data, data.position(), count);
    } catch (Throwable thrown) {
      engine.callFailed("Fatal error: protocol.getBuffer() call failed.", thrown);
      return;
    }
    data.position(data.position() + count);
    bufferUpdated(protocol, count);
  }

  private void bufferUpdated(BufferedProtocol protocol, int count) {
    try {
      protocol.bufferUpdated(count);
    } catch (Throwable thrown) {
      engine.callFailed("Fatal error: protocol.bufferUpdated() call failed.", thrown);
    }
  }

  private void deliverEnd(StreamProtocol protocol) {
    engine.state.endInput();
    boolean keepOpen;
    try {
      keepOpen = protocol.eofReceived();
    } catch (Throwable thrown) {
      engine.callFailed("Fatal error: protocol.eofReceived() call failed.", thrown);
      return;
    }
    if (!keepOpen) {
      engine.closeQuietly();
    }
  }

  private int readAndRestore(ByteSource source, ByteBuffer buffer) {
    int position = buffer.position();
    int limit = buffer.limit();
    buffer.limit(position + Math.min(buffer.remaining(), ReadBuffers.BYTES));
    try {
      return read(source, buffer);
    } finally {
      buffer.limit(limit).position(position);
    }
  }

  /** Returns 0 if no bytes were available or the connection has failed. */
  private int read(ByteSource source, ByteBuffer buffer) {
    try {
      return source.read(buffer);
    } catch (IOException failure) {
      engine.failed(failure);
    } catch (RuntimeException | Error thrown) {
      engine.callFailed("Fatal read error on socket transport", thrown);
    }
    return 0;
  }
}
