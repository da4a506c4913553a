package org.asyncio4j.spi;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a loop is idle, runs, or is closed, and which of these may follow which. Callable from
 * any thread.
 */
final class LoopLifecycle {

  private enum State {
    IDLE,
    RUNNING,
    CLOSED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

  boolean isRunning() {
    return state.get() == State.RUNNING;
  }

  boolean isClosed() {
    return state.get() == State.CLOSED;
  }

  void ensureOpen() {
    if (isClosed()) {
      throw new IllegalStateException("Event loop is closed; open another");
    }
  }

  void ensureIdle() {
    ensureOpen();
    if (isRunning()) {
      throw alreadyRunning();
    }
  }

  void start() {
    if (!state.compareAndSet(State.IDLE, State.RUNNING)) {
      ensureOpen();
      throw alreadyRunning();
    }
  }

  private static IllegalStateException alreadyRunning() {
    return new IllegalStateException(
        "This event loop is already running; use callSoonThreadsafe to reach it from other"
            + " threads");
  }

  void end() {
    state.set(State.IDLE);
  }

  /** Answers whether this call closed the loop, and not an earlier one. */
  boolean close() {
    // The state that kept it from closing, and not a later one: a loop that has just stopped would
    // pass for a closed one.
    return switch (state.compareAndExchange(State.IDLE, State.CLOSED)) {
      case IDLE -> true;
      case CLOSED -> false;
      case RUNNING ->
          throw new IllegalStateException("Cannot close a running event loop; stop it first");
    };
  }

  @Override
  public String toString() {
    return state.get().name().toLowerCase(Locale.ROOT);
  }
}
