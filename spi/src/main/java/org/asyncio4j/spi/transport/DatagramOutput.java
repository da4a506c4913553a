package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a datagram transport: offers a datagram to the system at once, keeps a copy
 * if the system does not take it, and paces the protocol. A datagram that the system refuses is
 * dropped; the others are still sent.
 */
final class DatagramOutput {

  /**
   * The number of datagrams sent from the queue each time that the socket is ready: enough to empty
   * most queues, and fair to other connections.
   */
  static final int BATCH = 64;

  private final DatagramEngine engine;
  private final DatagramBackend backend;
  private final ConnectionState state;
  private final SendQueue queue = new SendQueue();
  private final ArrayDeque<IOException> refusals = new ArrayDeque<>(0); // not reported yet

  DatagramOutput(DatagramEngine engine, DatagramBackend backend) {
    this.engine = engine;
    this.backend = backend;
    this.state = engine.state;
  }

  boolean isFlushed() {
    return queue.isEmpty() && refusals.isEmpty();
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

  /** Called when the system may take more. */
  void writable() {
    while (!refusals.isEmpty()) {
      report(refusals.removeFirst());
    }
    boolean room = true;
    for (int left = BATCH; room && left > 0 && !queue.isEmpty(); left--) {
      room = sendFirst();
    }
    proceed();
  }

  Optional<PendingDatagram> firstPending() {
    return queue.isEmpty() ? Optional.empty() : Optional.of(queue.first());
  }

  /** Called when the system has taken the first datagram; does not call the protocol. */
  void sent() {
    if (!state.isLost()) {
      queue.removeFirst();
    }
  }

  /** Called when the system has refused the first datagram; does not call the protocol. */
  void sendFailed(IOException failure) {
    if (!state.isLost()) {
      queue.removeFirst();
      refusals.addLast(failure);
    }
  }

  /** Drops the remaining datagrams, because the endpoint is lost. */
  void discard() {
    queue.clear();
    refusals.clear();
  }

  /** Lets the protocol send more, or finishes closing. */
  private void proceed() {
    updateBackend();
    engine.resumeIfDrained();
    if (isFlushed()) {
      engine.flushed();
    }
  }

  /** Done before the protocol is called, which may suspend this callback. */
  private void updateBackend() {
    if (queue.isEmpty()) {
      backend.stopWriting();
    } else {
      backend.startWriting();
    }
  }

  private void dropFirst(IOException refused) {
    queue.removeFirst(); // the protocol may look at the size, or abort
    report(refused);
  }

  private void report(IOException refused) {
    updateBackend();
    engine.errorReceived(refused);
  }

  /** Returns whether this datagram needs no further work. */
  private boolean sendAtOnce(ByteBuffer data, @Nullable SocketAddress to) {
    try {
      return backend.send(data, to);
    } catch (IOException refused) {
      engine.callOutside(() -> engine.errorReceived(refused));
    } catch (RuntimeException | Error thrown) {
      BufferChecks.requireReadable(data, "sendTo"); // freed concurrently: nothing was sent
      sendFailed(thrown);
    }
    return true;
  }

  /** Returns whether the next datagram may be tried. */
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
