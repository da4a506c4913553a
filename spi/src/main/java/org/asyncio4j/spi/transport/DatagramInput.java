package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.asyncio4j.net.socket.TransportSocket;

/** The receiving half of a datagram transport. */
final class DatagramInput {

  private final DatagramEngine engine;
  private final ReadGate gate;
  private final ReadBuffers buffers;
  private final int room;

  DatagramInput(DatagramEngine engine, ReadGate gate, ReadBuffers buffers, TransportSocket socket) {
    this.engine = engine;
    this.gate = gate;
    this.buffers = buffers;
    this.room =
        socket.localAddress() instanceof InetSocketAddress
            ? DatagramEvents.LONGEST_BYTES
            : ReadBuffers.BYTES;
  }

  int room() {
    return room;
  }

  /** Receives one datagram, so that no endpoint starves the others. */
  void readFrom(DatagramSource source) {
    if (!gate.enter()) {
      return;
    }
    try {
      receive(source);
    } finally {
      gate.leave();
    }
  }

  /** Passes on a datagram that was already received. */
  void received(ByteBuffer data, SocketAddress from) {
    if (engine.isClosing()) {
      return;
    }
    if (!gate.enter()) {
      throw new IllegalStateException(
          "cannot deliver a datagram on %s: reading has stopped; keep it until startReading() is called"
              .formatted(engine));
    }
    data.order(ByteOrder.BIG_ENDIAN); // backends use their buffers again, protocols may change it
    try {
      if (data.remaining() < room) {
        engine.datagramReceived(data, from);
      } else {
        engine.errorReceived(tooLong(from));
      }
    } finally {
      gate.leave();
    }
  }

  private void receive(DatagramSource source) {
    ByteBuffer buffer = buffers.lend(room);
    try {
      SocketAddress from = source.receive(buffer);
      if (from != null && !buffer.hasRemaining()) {
        engine.errorReceived(tooLong(from));
      } else if (from != null) {
        buffer.flip();
        engine.datagramReceived(buffer, from);
      }
    } catch (IOException failure) {
      engine.errorReceived(failure);
    } catch (RuntimeException | Error thrown) {
      engine.callFailed("Fatal read error on datagram transport", thrown);
    } finally {
      buffers.giveBack(buffer);
    }
  }

  /** Returns the error for a datagram whose end may be missing; it is not delivered. */
  private IOException tooLong(SocketAddress from) {
    return new IOException(
        "cannot receive a datagram from '%s': it has %d bytes or more and is dropped; send shorter ones"
            .formatted(from, room));
  }
}
