package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.core.Context;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.IoHandle;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of an endpoint: tries at once, keeps a copy of what the system does not take,
 * and paces the protocol. A datagram that the system refuses is dropped, and the others go on.
 */
final class UdpOutbound {

  /**
   * How many datagrams are sent from the queue each time that the socket is ready: enough to empty
   * most queues, and fair to the others.
   */
  static final int BATCH = 64;

  private final UdpTransport transport;
  private final UdpSocket socket;
  private final ConnectionState state;
  private final SendQueue queue = new SendQueue();
  private final FlowControl flow = new FlowControl();
  private final Context context;
  private final IoHandle handle;
  private final RoomWait wait;

  UdpOutbound(
      UdpTransport transport,
      UdpSocket socket,
      ConnectionState state,
      ReadinessEventLoop loop,
      Context context) {
    this.transport = transport;
    this.socket = socket;
    this.state = state;
    this.context = context;
    this.handle = loop.ioHandle(this::sendQueued, context, "send on", transport);
    this.wait = new RoomWait(transport, socket, loop, handle::queue);
  }

  /** Queues a send; on the thread that polls. */
  void ready() {
    handle.queue();
  }

  boolean isFlushed() {
    return queue.isEmpty();
  }

  long size() {
    return queue.size();
  }

  WriteBufferLimits limits() {
    return flow.limits();
  }

  void setLimits(WriteBufferLimits limits) {
    flow.setLimits(limits);
    pauseIfFull();
  }

  void send(ByteBuffer data, @Nullable SocketAddress to) {
    BufferChecks.requireReadable(data, "sendTo");
    if (state.isLost()) {
      if (state.dropWrite()) {
        transport.warnOfDroppedDatagram();
      }
    } else if (!queue.isEmpty()) {
      queue.add(data, to);
      pauseIfFull();
    } else if (!sendAtOnce(data, to)) {
      queue.add(data, to);
      wait.forRoom(to);
      pauseIfFull();
    }
    data.position(data.limit());
  }

  /** The endpoint is lost: drops what is left. */
  void discard() {
    queue.clear();
    wait.stopTimer();
  }

  /** Returns whether nothing is left to be done for this datagram. */
  private boolean sendAtOnce(ByteBuffer data, @Nullable SocketAddress to) {
    try {
      return socket.send(data, to);
    } catch (IOException refused) {
      // In a copy, because the caller may be in that very context, which is entered only once.
      boolean ignored =
          context
              .copy()
              .run(() -> {
                transport.errorReceived(refused);
                return true;
              });
    } catch (RuntimeException | Error thrown) {
      BufferChecks.requireReadable(data, "sendTo"); // freed meanwhile: nothing was sent
      sendFailed(thrown);
    }
    return true;
  }

  private void sendQueued() {
    boolean room = true;
    for (int left = BATCH; room && left > 0 && !queue.isEmpty(); left--) {
      room = sendFirst();
    }
    // Before the protocol is told, which may park, or send more.
    waitForMore(room);
    resumeIfDrained();
    // The protocol may have sent more, or have ended it all.
    if (queue.isEmpty()) {
      transport.flushed();
    }
  }

  private void waitForMore(boolean room) {
    if (queue.isEmpty()) {
      wait.end();
    } else if (room) {
      wait.forTurn();
    } else {
      wait.forRoom(queue.first().to());
    }
  }

  /** Returns whether the next may be tried. */
  private boolean sendFirst() {
    SendQueue.Queued first = queue.first();
    try {
      if (!socket.send(first.data(), first.to())) {
        return false;
      }
      queue.removeFirst();
      wait.progressed();
    } catch (IOException refused) {
      // Removed first: the protocol may look at the size, or abort.
      queue.removeFirst();
      transport.errorReceived(refused);
    } catch (RuntimeException | Error thrown) {
      queue.removeFirst();
      sendFailed(thrown);
    }
    return true;
  }

  private void sendFailed(Throwable thrown) {
    transport.callFailed("Fatal write error on datagram transport", thrown);
  }

  private void pauseIfFull() {
    if (flow.pausesAt(queue.size())) {
      boolean ignored =
          context
              .copy()
              .run(() -> {
                transport.tell(
                    "protocol.pauseWriting() failed", transport.protocol()::pauseWriting);
                return true;
              });
    }
  }

  /** A protocol that has closed its transport has nothing more to send, so it is not told to. */
  private void resumeIfDrained() {
    if (!state.isClosing() && flow.resumesAt(queue.size())) {
      transport.tell("protocol.resumeWriting() failed", transport.protocol()::resumeWriting);
    }
  }
}
