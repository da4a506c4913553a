package org.asyncio4j.internal.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.waiting.TaskCheck;
import org.asyncio4j.net.ReadTransport;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that have arrived and were not read yet, and the one task that may wait for more.
 * Pauses the transport while too many bytes are unread, unless that task needs even more.
 */
final class ConnectionInput {

  private final EventLoop loop;
  private final PeerFaults faults;
  private final int limit;
  private final ByteQueue bytes = new ByteQueue();
  private @Nullable ReadTransport transport;
  private boolean ended;
  private boolean paused;
  private @Nullable Throwable failure;

  private @Nullable String operation;
  private @Nullable Promise<@Nullable Void> waiter;
  private long wanted;

  ConnectionInput(EventLoop loop, PeerFaults faults, int limit) {
    this.loop = loop;
    this.faults = faults;
    this.limit = limit;
  }

  // For the protocol.

  void attach(ReadTransport made) {
    transport = made;
  }

  /** Takes the unread bytes and detaches the transport, which must no longer be paused. */
  byte[] detach() {
    transport = null;
    paused = false;
    return bytes.take(Integer.MAX_VALUE);
  }

  /** Continues with a transport after {@link #detach}, perhaps with the bytes that were taken. */
  void attachAgain(ReadTransport next, byte[] given) {
    transport = next;
    bytes.append(ByteBuffer.wrap(given));
    pauseIfFull();
  }

  void feed(ByteBuffer data) {
    bytes.append(data);
    if (bytes.size() >= wanted) {
      wake();
    }
    pauseIfFull();
  }

  void end() {
    ended = true;
    wake();
  }

  void fail(Throwable reason) {
    failure = reason;
    wake();
  }

  // For the reader.

  ByteQueue bytes() {
    return bytes;
  }

  /** Notes that an exception is thrown because of data from the peer. */
  <X extends IOException> X ofPeer(X fault) {
    return faults.note(fault);
  }

  /** Notes that an exception is thrown because no more data arrives. */
  <X extends IOException> X ofEnd(X fault) {
    return faults.noteEndOfInput(fault);
  }

  int limit() {
    return limit;
  }

  boolean hasEnded() {
    return ended;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Begins a read.
   *
   * @param name the method of the reader or writer, for messages
   * @throws WrongThreadException if the loop is running and the caller is not on its thread
   * @throws IllegalStateException if another read is in progress
   * @throws IOException if the connection was lost with this exception
   */
  void claim(String name) throws IOException {
    LoopBootstraps.get().ensureOwner(loop, name);
    if (operation != null) {
      throw new IllegalStateException(
          "cannot call %s: another task waits in %s; let one task read at a time"
              .formatted(name, operation));
    }
    ConnectionFailure.throwIfPresent(failure);
    operation = name;
  }

  /** Ends a read. The transport resumes when few enough bytes are left. */
  void release() {
    operation = null;
    if (paused && bytes.size() <= limit) {
      resume();
    }
  }

  /**
   * Suspends the current task until a number of bytes have arrived or no more will arrive.
   *
   * @throws IOException if the connection is lost with this exception
   */
  void await(long total) throws IOException {
    TaskCheck.requireTask(loop, requireNonNull(operation, "operation"));
    // A task that waits for bytes that are held back would wait forever.
    resume();
    Promise<@Nullable Void> arrival = loop.createFuture();
    waiter = arrival;
    wanted = total;
    try {
      arrival.await();
    } finally {
      waiter = null;
      wanted = 0;
      pauseIfFull();
    }
    ConnectionFailure.throwIfPresent(failure);
  }

  private void wake() {
    Promise<@Nullable Void> arrival = waiter;
    if (arrival != null) {
      arrival.trySetResult(null);
    }
  }

  private void pauseIfFull() {
    if (!paused && bytes.size() > 2L * limit && bytes.size() >= wanted && transport != null) {
      paused = true;
      transport.pauseReading();
    }
  }

  private void resume() {
    if (paused && transport != null) {
      paused = false;
      transport.resumeReading();
    }
  }

  @Override
  public String toString() {
    return "%d bytes%s%s%s"
        .formatted(
            bytes.size(),
            ended ? ", ended" : "",
            paused ? ", paused" : "",
            failure == null ? "" : ", failed with " + failure);
  }
}
