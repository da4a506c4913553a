package org.asyncio4j.sync;

/**
 * A flag that tasks wait for (asyncio, {@code Event}).
 *
 * <p>Not thread-safe: see the package's thread rule.
 */
public final class AsyncEvent {

  private final WaiterQueue waiters = new WaiterQueue(new LoopBinding());
  private boolean set;

  /** Creates an event that is not set. */
  public AsyncEvent() {}

  /** {@return whether this event is set} */
  public boolean isSet() {
    return set;
  }

  /**
   * Sets this event and wakes all tasks that wait for it. Does nothing if it is set. Never waits.
   *
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void set() {
    waiters.ensureOwner("AsyncEvent.set");
    if (!set) {
      set = true;
      waiters.wakeAll();
    }
  }

  /**
   * Resets this event: tasks that wait from now on wait for the next {@link #set()}. Never waits.
   *
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void clear() {
    waiters.ensureOwner("AsyncEvent.clear");
    set = false;
  }

  /**
   * Suspends the current task until this event is set; returns at once, without suspending, if it
   * is already set. A task that was woken continues even if the event has been cleared since.
   *
   * <p>This is asyncio's {@code wait}; in Java, every object has another method of that name.
   *
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if it has to wait and the caller is not a task, or tasks of
   *     another loop have waited for this event
   * @throws WrongThreadException if its loop is running on another thread; nothing is changed
   */
  public void await() {
    waiters.ensureOwner("AsyncEvent.await");
    if (!set) {
      waiters.join("AsyncEvent.await").await();
    }
  }

  /**
   * {@return the number of waiting tasks that were not woken yet} Callable from any thread; takes
   * time proportional to that number.
   */
  public int waiting() {
    return waiters.pending();
  }

  @Override
  public String toString() {
    return "<AsyncEvent %s, %d waiting>".formatted(set ? "set" : "unset", waiters.pending());
  }
}
