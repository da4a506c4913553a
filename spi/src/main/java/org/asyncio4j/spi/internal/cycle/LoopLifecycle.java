package org.asyncio4j.spi.internal.cycle;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** The state of a loop (idle, running or closed) and its transitions. Callable from any thread. */
public final class LoopLifecycle {

  private enum State {
    IDLE,
    RUNNING,
    CLOSED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

  public boolean isRunning() {
    return state.get() == State.RUNNING;
  }

  public boolean isClosed() {
    return state.get() == State.CLOSED;
  }

  public void ensureOpen() {
    if (isClosed()) {
      throw new IllegalStateException("Event loop is closed; open another");
    }
  }

  public void ensureIdle() {
    ensureOpen();
    if (isRunning()) {
      throw alreadyRunning();
    }
  }

  public void start() {
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

  public void end() {
    state.set(State.IDLE);
  }

  /** Closes the loop. Returns whether this call, and not an earlier one, closed it. */
  public boolean close() {
    // Uses the state that prevented closing, not a later one: otherwise a loop that has just
    // stopped would appear to be closed.
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
