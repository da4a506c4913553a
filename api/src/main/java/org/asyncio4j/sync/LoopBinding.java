package org.asyncio4j.sync;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.bootstrap.RunningLoop;
import org.jspecify.annotations.Nullable;

/** The loop that a lock or queue belongs to: the loop of the first task that had to wait for it. */
final class LoopBinding {

  private @Nullable EventLoop bound;

  /**
   * Returns the loop of the calling task, and checks that it is the one that all tasks wait on.
   *
   * @param operation the name of the waiting method, for messages
   * @throws IllegalStateException if the caller is not a task, or is a task of another loop
   */
  EventLoop loopThatWaits(String operation) {
    EventLoop running = LoopBootstraps.get().runningLoop();
    if (running == null) {
      throw RunningLoop.missing();
    }
    if (running.isClosed()) {
      throw new IllegalStateException(
          "cannot wait in %s: %s is closed".formatted(operation, running));
    }
    if (running.currentTask().isEmpty()) {
      throw new IllegalStateException(
          "cannot wait in %s: %s runs a callback, not a task; create a task for it"
              .formatted(operation, running));
    }
    bind(running, operation);
    return running;
  }

  /**
   * Rejects calls from other threads while the loop that tasks have waited on is running. An object
   * for which no task has had to wait yet has no loop, and rejects nothing.
   *
   * @param operation the name of the method that changes the object, for messages
   * @throws WrongThreadException if the loop is running on another thread
   */
  void ensureOwner(String operation) {
    EventLoop loop = bound;
    if (loop != null) {
      LoopBootstraps.get().ensureOwner(loop, operation);
    }
  }

  private void bind(EventLoop running, String operation) {
    EventLoop loop = bound;
    if (loop == null) {
      bound = running;
    } else if (loop != running) {
      throw new IllegalStateException(
          "cannot call %s: this object belongs to %s, where tasks have waited for it before, but the caller runs on %s; use an object for each loop"
              .formatted(operation, identified(loop), identified(running)));
    }
  }

  // Two loops of the same kind look the same.
  private static String identified(EventLoop loop) {
    return "%s (%x)".formatted(loop, System.identityHashCode(loop));
  }
}
