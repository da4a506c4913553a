package org.asyncio4j.tck.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A sender in a thread of its own that sends much. */
final class Flood {

  static final long MOST_BYTES = 64L << 20;

  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int QUIET_MILLIS = 100;

  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<Optional<IOException>> end = new CompletableFuture<>();

  private Flood() {}

  static Flood at(SocketChannel socket) {
    Flood flood = new Flood();
    Thread ignored =
        Thread.ofVirtual().name("flood").start(() -> flood.end.complete(flood.send(socket)));
    return flood;
  }

  /** Waits until the sender makes no progress for a while, and returns the number of bytes sent. */
  long untilStandstill() {
    // There is no signal that both sides have stopped; it can only be observed.
    long before;
    do {
      before = sent.get();
    } while (!isOverSoon() && (before == 0 || sent.get() != before));
    return sent.get();
  }

  /** Waits for the end, and returns the exception of sending. */
  Optional<IOException> failure() {
    return end.join();
  }

  private boolean isOverSoon() {
    try {
      Optional<IOException> ignored = end.get(QUIET_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException goesOn) {
      return false;
    } catch (InterruptedException | ExecutionException broken) {
      throw new AssertionError("a flood must not be interrupted", broken);
    }
  }

  private Optional<IOException> send(SocketChannel socket) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      OutputStream out = Channels.newOutputStream(socket);
      while (sent.get() < MOST_BYTES) {
        out.write(chunk);
        sent.addAndGet(chunk.length);
      }
      return Optional.empty();
    } catch (IOException failed) {
      return Optional.of(failed);
    }
  }
}
