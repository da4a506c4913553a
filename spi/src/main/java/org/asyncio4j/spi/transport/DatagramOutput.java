package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a datagram transport: offers a datagram to the system at once, keeps a copy
 * of what it does not take, and paces the protocol. A datagram that the system refuses is dropped,
 * and the others go on.
 */
final class DatagramOutput {

  /**
   * How many datagrams are sent from the queue each time that the socket is ready: enough to empty
   * most queues, and fair to the others.
   */
  static final int BATCH = 64;

  private final DatagramEngine engine;
  private final DatagramBackend backend;
  private final ConnectionState state;
  private final SendQueue queue = new SendQueue();

  DatagramOutput(DatagramEngine engine, DatagramBackend backend) {
    this.engine = engine;
    this.backend = backend;
    this.state = engine.state;
  }

  boolean isFlushed() {
    return queue.isEmpty();
  }

  long size() {
    return queue.size();
  }

  void send(ByteBuffer data, @Nullable SocketAddress to) {
    BufferChecks.requireReadable(data, "sendTo");
    if (state.isLost()) {
      if (state.dropWrite()) {
        engine.warnOfDroppedDatagram();
      }
    } else if (!queue.isEmpty()) {
      queue.add(data, to);
      engine.pauseIfFull();
    } else if (!sendAtOnce(data, to)) {
      queue.add(data, to);
      backend.startWriting();
      engine.pauseIfFull();
    }
    data.position(data.limit());
  }

  /** The system may take more. */
  void writable() {
    boolean room = true;
    for (int left = BATCH; room && left > 0 && !queue.isEmpty(); left--) {
      room = sendFirst();
    }
    proceed();
  }

  Optional<PendingDatagram> firstPending() {
    return queue.isEmpty() ? Optional.empty() : Optional.of(queue.first());
  }

  /** The system has taken the first datagram. */
  void sent() {
    if (!state.isLost()) {
      queue.removeFirst();
      proceed();
    }
  }

  /** The system has refused the first datagram. */
  void sendFailed(IOException failure) {
    if (!state.isLost()) {
      dropFirst(failure);
      proceed();
    }
  }

  /** The endpoint is lost: drops what is left. */
  void discard() {
    queue.clear();
  }

  /** The protocol may send more, or end it all. */
  private void proceed() {
    goOn();
    engine.resumeIfDrained();
    if (queue.isEmpty()) {
      engine.flushed();
    }
  }

  /** Before the protocol is called, which may suspend this callback. */
  private void goOn() {
    if (queue.isEmpty()) {
      backend.stopWriting();
    } else {
      backend.startWriting();
    }
  }

  private void dropFirst(IOException refused) {
    queue.removeFirst(); // the protocol may look at the size, or abort
    goOn();
    engine.errorReceived(refused);
  }

  /** Returns whether nothing is left to be done for this datagram. */
  private boolean sendAtOnce(ByteBuffer data, @Nullable SocketAddress to) {
    try {
      return backend.send(data, to);
    } catch (IOException refused) {
      engine.callOutside(() -> engine.errorReceived(refused));
    } catch (RuntimeException | Error thrown) {
      BufferChecks.requireReadable(data, "sendTo"); // freed meanwhile: nothing was sent
      sendFailed(thrown);
    }
    return true;
  }

  /** Returns whether the next may be tried. */
  private boolean sendFirst() {
    PendingDatagram first = queue.first();
    try {
      if (!backend.send(first.data(), first.to())) {
        return false;
      }
      queue.removeFirst();
    } catch (IOException refused) {
      dropFirst(refused);
    } catch (RuntimeException | Error thrown) {
      queue.removeFirst();
      sendFailed(thrown);
    }
    return true;
  }

  private void sendFailed(Throwable thrown) {
    engine.callFailed("Fatal write error on datagram transport", thrown);
  }
}
