package org.asyncio4j.datagram;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.internal.waiting.TaskCheck;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.sync.AsyncEvent;
import org.jspecify.annotations.Nullable;

/**
 * Connects the callbacks of a transport and the waiting tasks. An event only means that a task
 * should check again, so a cancelled task loses nothing.
 */
final class Mailbox implements DatagramProtocol {

  private final EventLoop loop;
  private final int limit;
  private final ArrayDeque<Datagram> arrived = new ArrayDeque<>();
  private final AsyncEvent readable = new AsyncEvent();
  private final AsyncEvent writable = new AsyncEvent();
  private final AsyncEvent lost = new AsyncEvent();

  // Used only on the loop's thread.
  private @Nullable DatagramTransport transport;
  private @Nullable IOException unseen;
  private @Nullable IOException refusal;
  private @Nullable Throwable reason;
  private boolean sending;
  private boolean full;

  Mailbox(EventLoop loop, int limit) {
    this.loop = loop;
    this.limit = limit;
    writable.set();
  }

  Datagram take() throws IOException {
    while (true) {
      throwUnseen();
      Datagram next = arrived.poll();
      if (next != null) {
        makeRoom();
        return next;
      }
      ensureOpen("receive");
      readable.clear();
      await(readable, "receive");
    }
  }

  void send(ByteBuffer data, @Nullable SocketAddress to) throws IOException {
    ensureOpen("send");
    while (!writable.isSet()) {
      await(writable, "send");
      ensureOpen("send");
    }
    BufferChecks.requireReadable(data, "send"); // its memory may be freed while the task waits
    refusal = null;
    sending = true;
    try {
      transport().sendTo(data, to);
    } finally {
      sending = false;
    }
    IOException refused = refusal;
    if (refused != null) {
      refusal = null;
      throw refused;
    }
    ensureOpen("send");
  }

  void close() {
    transport().close();
    readable.set();
    writable.set();
  }

  void awaitLost() {
    if (!lost.isSet()) {
      await(lost, "waitClosed");
    }
  }

  @Override
  public void connectionMade(DatagramTransport made) {
    transport = made;
  }

  @Override
  public void datagramReceived(ByteBuffer data, SocketAddress from) {
    ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
    arrived.add(new Datagram(copy, from));
    if (arrived.size() >= limit) {
      full = true;
      transport().pauseReading();
    }
    readable.set();
  }

  @Override
  public void errorReceived(IOException failure) {
    if (sending) {
      refusal = failure;
    } else if (unseen == null) {
      unseen = failure;
      readable.set();
    }
  }

  @Override
  public void pauseWriting() {
    writable.clear();
  }

  @Override
  public void resumeWriting() {
    writable.set();
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    reason = exception;
    readable.set();
    writable.set();
    lost.set();
  }

  @Override
  public String toString() {
    return "%d of %d waiting".formatted(arrived.size(), limit);
  }

  private void await(AsyncEvent event, String method) {
    TaskCheck.requireTask(loop, "DatagramEndpoint." + method);
    event.await();
  }

  private void throwUnseen() throws IOException {
    IOException failure = unseen;
    if (failure != null) {
      unseen = null;
      throw failure;
    }
  }

  private void makeRoom() {
    if (full) {
      full = false;
      transport().resumeReading();
    }
  }

  private void ensureOpen(String operation) throws SocketException {
    if (transport().isClosing()) {
      SocketException closed =
          new SocketException(
              "cannot %s: %s is closed; open another endpoint".formatted(operation, transport));
      if (reason != null) {
        closed.initCause(reason);
      }
      throw closed;
    }
  }

  private DatagramTransport transport() {
    DatagramTransport made = transport;
    if (made == null) {
      throw new IllegalStateException(
          "cannot use the endpoint: connectionMade() has not been called yet; await the waiter"
              + " first");
    }
    return made;
  }
}
