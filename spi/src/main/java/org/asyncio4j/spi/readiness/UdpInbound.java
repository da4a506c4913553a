package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.core.Context;
import org.asyncio4j.spi.IoHandle;

/**
 * The receiving half of an endpoint: one datagram for each time that the socket is ready, so that
 * nobody starves the others and no system call finds nothing.
 *
 * <p>A protocol's callback may park: the loop goes on then. Nothing is received until it returns,
 * so that the protocol hears of the datagrams in order and one at a time.
 */
final class UdpInbound {

  /** The longest datagram of IPv4 and IPv6, and more than any that can be sent. */
  static final int LONGEST_BYTES = 65_536;

  private final UdpTransport transport;
  private final UdpSocket socket;
  private final ConnectionState state;
  private final ReadBuffers buffers;
  private final Runnable receive = this::receive;
  private final int room;
  private final IoHandle handle;

  // Of the loop's thread.
  private boolean paused;
  private boolean heldBack = true; // until connectionMade has returned

  UdpInbound(
      UdpTransport transport,
      UdpSocket socket,
      ConnectionState state,
      ReadBuffers buffers,
      ReadinessEventLoop loop,
      Context context) {
    this.transport = transport;
    this.socket = socket;
    this.state = state;
    this.buffers = buffers;
    this.room =
        socket.localAddress() instanceof InetSocketAddress ? LONGEST_BYTES : ReadBuffers.BYTES;
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

  /** Calls the protocol, and receives nothing until it returns, even if it parks. */
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
    ByteBuffer buffer = buffers.lend(room);
    try {
      SocketAddress from = socket.receive(buffer);
      if (from != null && !buffer.hasRemaining()) {
        transport.errorReceived(tooLong(from));
      } else if (from != null) {
        buffer.flip();
        transport.datagramReceived(buffer, from);
      }
    } catch (IOException failure) {
      transport.errorReceived(failure);
    } catch (RuntimeException | Error thrown) {
      transport.callFailed("Fatal read error on datagram transport", thrown);
    } finally {
      buffers.giveBack(buffer);
    }
  }

  /** Its end may be missing: half of a datagram is worse than none. */
  private IOException tooLong(SocketAddress from) {
    return new IOException(
        "datagram must have less than %d bytes but one from '%s' has more and is dropped; send shorter ones"
            .formatted(room, from));
  }
}
