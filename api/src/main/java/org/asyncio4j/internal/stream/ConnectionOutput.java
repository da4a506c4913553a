package org.asyncio4j.internal.stream;

import java.io.IOException;
import org.asyncio4j.core.EventLoop;
import org.jspecify.annotations.Nullable;

/** Tracks whether more should be written, and the tasks that wait for that or for the end. */
final class ConnectionOutput {

  private final Wakeups writers;
  private final Wakeups mourners;
  private boolean paused;
  private boolean lost;
  private @Nullable Throwable failure;

  ConnectionOutput(EventLoop loop) {
    this.writers = new Wakeups(loop);
    this.mourners = new Wakeups(loop);
  }

  // For the protocol.

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    writers.wakeAll();
  }

  void lose(@Nullable Throwable reason) {
    lost = true;
    failure = reason;
    writers.wakeAll();
    mourners.wakeAll();
  }

  // For the writer.

  boolean isLost() {
    return lost;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** Suspends the current task while the transport's buffer is too full. */
  void awaitRoom(String operation) throws IOException {
    if (paused && !lost) {
      writers.await(operation);
      ConnectionFailure.throwIfPresent(failure);
    }
  }

  /** Suspends the current task until the connection is lost. */
  void awaitLoss(String operation) throws IOException {
    if (!lost) {
      mourners.await(operation);
    }
    ConnectionFailure.throwIfPresent(failure);
  }
}
