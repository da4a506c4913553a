package org.asyncio4j.sync;

import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.bootstrap.RunningLoop;
import org.jspecify.annotations.Nullable;

/** The loop that a lock or queue belongs to: that of the first task which had to wait for it. */
final class LoopBinding {

  private @Nullable EventLoop bound;

  /**
   * Returns the loop of the calling task, which is the one that everybody waits on.
   *
   * @param operation what is about to wait, for messages
   * @throws IllegalStateException if the caller is no task, or one of another loop
   */
  EventLoop loopThatWaits(String operation) {
    EventLoop running = LoopBootstraps.get().runningLoop();
    if (running == null) {
      throw RunningLoop.missing();
    }
    if (running.isClosed()) {
      throw new IllegalStateException(
          "%s can wait only while its loop is open but %s is closed".formatted(operation, running));
    }
    if (running.currentTask().isEmpty()) {
      throw new IllegalStateException(
          "%s must wait and so must be called in a task but was called in a callback of %s; create a task for it"
              .formatted(operation, running));
    }
    bind(running, operation);
    return running;
  }

  /**
   * Refuses a foreign thread while the loop runs that tasks have waited on. An object for which no
   * task had to wait yet has no loop: nothing is refused then.
   *
   * @param operation what is about to change the object, for messages
   * @throws WrongThreadException if the loop runs on another thread
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
          "%s must be called in a task of %s, where tasks have waited for it before, but was called in one of %s; use an object for each loop"
              .formatted(operation, identified(loop), identified(running)));
    }
  }

  // Two loops of a kind look the same.
  private static String identified(EventLoop loop) {
    return "%s (%x)".formatted(loop, System.identityHashCode(loop));
  }
}
