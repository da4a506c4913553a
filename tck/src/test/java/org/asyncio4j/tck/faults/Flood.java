package org.asyncio4j.tck.faults;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A sender in a thread of its own that sends much. */
final class Flood {

  static final long MOST_BYTES = 64L << 20;

  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int QUIET_ROUNDS = 100;

  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<Optional<IOException>> end = new CompletableFuture<>();

  private Flood() {}

  static Flood at(Socket socket) {
    Flood flood = new Flood();
    Thread ignored =
        Thread.ofVirtual().name("flood").start(() -> flood.end.complete(flood.send(socket)));
    return flood;
  }

  /** Waits until the sender gets on no more, for some rounds, and says how far it got. */
  long untilStandstill() {
    long before = -1;
    for (int quiet = 0; quiet < QUIET_ROUNDS && !end.isDone(); quiet++) {
      if (sent.get() != before) {
        before = sent.get();
        quiet = 0;
      }
      try {
        Thread.sleep(1);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return before;
      }
    }
    return sent.get();
  }

  /** Waits for the end, and says what sending failed with. */
  Optional<IOException> failure() {
    return end.join();
  }

  private Optional<IOException> send(Socket socket) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      while (sent.get() < MOST_BYTES) {
        socket.getOutputStream().write(chunk);
        sent.addAndGet(chunk.length);
      }
      return Optional.empty();
    } catch (IOException failed) {
      return Optional.of(failed);
    }
  }
}
