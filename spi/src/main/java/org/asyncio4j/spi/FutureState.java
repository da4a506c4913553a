package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.InvalidStateException;
import org.asyncio4j.internal.failure.SneakyThrow;
import org.asyncio4j.spi.internal.cycle.UnretrievedFailures;
import org.jspecify.annotations.Nullable;

/**
 * State, result and callbacks: the common part of the built-in future and the built-in task.
 * Confined to the loop's thread, except that any thread may read the state.
 */
public abstract class FutureState<T extends @Nullable Object> implements Future<T> {

  private enum State {
    PENDING,
    FINISHED,
    FAILED,
    CANCELLED
  }

  private final LoopCore core;
  private volatile State state = State.PENDING;
  private @Nullable T value;
  // For a cancelled future, the cause of its error.
  private @Nullable Throwable failure;
  private @Nullable String cancelMessage;
  private UnretrievedFailures.@Nullable Entry unretrieved;
  private final @Nullable Throwable createdAt;

  // One waiter is usual; the list is created for the second.
  private @Nullable DoneEntry first;
  private @Nullable List<DoneEntry> more;

  FutureState(BaseEventLoop loop) {
    this.core = requireNonNull(loop, "loop").core();
    this.createdAt = core.creationTrace();
  }

  @Override
  public final BaseEventLoop loop() {
    return core.loop();
  }

  final LoopCore core() {
    return core;
  }

  @Override
  public boolean isDone() {
    return state != State.PENDING;
  }

  @Override
  public boolean isCancelled() {
    return state == State.CANCELLED;
  }

  @Override
  @SuppressWarnings("NullAway") // a finished future has a value, with the nullness of T
  public T result() {
    return switch (state) {
      case FINISHED -> value;
      case FAILED -> throw SneakyThrow.asIs(retrieve());
      case CANCELLED -> throw cancellation();
      case PENDING -> throw notReady("result");
    };
  }

  @Override
  public Optional<Throwable> exception() {
    return switch (state) {
      case FINISHED -> Optional.empty();
      case FAILED -> Optional.of(retrieve());
      case CANCELLED -> throw cancellation();
      case PENDING -> throw notReady("exception");
    };
  }

  @Override
  public T await() {
    return Awaiter.await(this);
  }

  @Override
  public void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
    requireNonNull(callback, "callback");
    requireNonNull(context, "context");
    core.ensureOwner();
    subscribe(new DoneCallback<>(this, callback, context));
  }

  @Override
  public int removeDoneCallback(Consumer<? super Future<T>> callback) {
    requireNonNull(callback, "callback");
    core.ensureOwner();
    Set<DoneEntry> matching = isDone() ? Set.of() : matching(callback);
    if (matching.isEmpty() || isDone()) {
      return 0;
    }
    List<DoneEntry> present = subscribers();
    first = null;
    more = null;
    int removed = 0;
    for (DoneEntry entry : present) {
      if (matching.contains(entry)) {
        removed++;
      } else {
        enlist(entry);
      }
    }
    return removed;
  }

  /**
   * Returns the entries of a callback. Searches a copy: {@code equals} is user code, which may
   * complete this future or add and remove callbacks.
   */
  private Set<DoneEntry> matching(Object callback) {
    DoneEntry only = first;
    if (only == null || more == null) {
      return only != null && only.isFor(callback) ? Set.of(only) : Set.of();
    }
    Set<DoneEntry> matching = Collections.newSetFromMap(new IdentityHashMap<>(1));
    for (DoneEntry entry : subscribers()) {
      if (entry.isFor(callback)) {
        matching.add(entry);
      }
    }
    return matching;
  }

  @Override
  public List<Future<?>> awaitedBy() {
    core.ensureOwner();
    return awaiters();
  }

  /** Returns the futures that wait for this one; may be called from another thread. */
  final List<Future<?>> awaiters() {
    List<Future<?>> awaiters = new ArrayList<>();
    for (DoneEntry entry : subscribers()) {
      Future<?> awaiter = entry.awaiter();
      if (awaiter != null) {
        awaiters.add(awaiter);
      }
    }
    return awaiters;
  }

  /**
   * Schedules an entry when this future is done, or now if it already is.
   *
   * @throws IllegalStateException if it is done and the loop is closed
   */
  final void subscribe(DoneEntry entry) {
    if (!isDone()) {
      enlist(entry);
    } else if (!entry.schedule()) {
      throw callbacksLost();
    }
  }

  private void enlist(DoneEntry entry) {
    if (first == null) {
      first = entry;
    } else {
      if (more == null) {
        more = new ArrayList<>();
      }
      more.add(entry);
    }
  }

  final void finish(T result) {
    ensurePending();
    value = result;
    completeOrTell(State.FINISHED);
  }

  final void fail(Throwable exception) {
    requireNonNull(exception, "exception");
    ensurePending();
    failure = exception;
    unretrieved = core.unretrievedFailures().watch(this, description(), exception, createdAt());
    completeOrTell(State.FAILED);
  }

  final boolean becomeCancelled(@Nullable String message) {
    return becomeCancelled(message, null);
  }

  /**
   * Ends this future as cancelled; the cause is attached to the error that waiting tasks will see.
   */
  final boolean becomeCancelled(@Nullable String message, @Nullable Throwable cause) {
    if (isDone()) {
      markRetrieved();
      return false;
    }
    core.ensureOwner();
    cancelMessage = message;
    failure = cause;
    // Clean-up may cancel futures after the loop was closed, which must not fail.
    boolean ignored = complete(State.CANCELLED);
    return true;
  }

  public final @Nullable Throwable createdAt() {
    return createdAt;
  }

  final void markRetrieved() {
    UnretrievedFailures.Entry watched = unretrieved;
    if (watched != null) {
      core.unretrievedFailures().retrieved(watched);
      unretrieved = null;
    }
  }

  /** Returns the failure for a trace, without marking it as retrieved. */
  final @Nullable Throwable failureUnretrieved() {
    return state == State.FAILED ? failure : null;
  }

  /**
   * Returns {@code pending}, {@code finished}, {@code failed} or {@code cancelled}, for messages.
   */
  final String stateName() {
    return switch (state) {
      case PENDING -> "pending";
      case FINISHED -> "finished";
      case FAILED -> "failed with " + failure;
      case CANCELLED -> "cancelled";
    };
  }

  /** Returns a description for the report of a failure that outlives this future. */
  public abstract String description();

  private void completeOrTell(State end) {
    if (!complete(end)) {
      throw callbacksLost();
    }
  }

  /** Returns whether all waiting entries were scheduled. */
  private boolean complete(State end) {
    state = end;
    DoneEntry head = first;
    List<DoneEntry> rest = more;
    first = null;
    more = null;
    boolean scheduled = head == null || head.schedule();
    if (rest != null) {
      for (DoneEntry entry : rest) {
        scheduled &= entry.schedule();
      }
    }
    return scheduled;
  }

  private List<DoneEntry> subscribers() {
    List<DoneEntry> all = new ArrayList<>();
    if (first != null) {
      all.add(first);
    }
    if (more != null) {
      all.addAll(more);
    }
    return all;
  }

  private Throwable retrieve() {
    try {
      markRetrieved();
      return requireNonNull(failure, "failure");
    } finally {
      // Keeps this future from being collected, and so reported, before it was marked.
      Reference.reachabilityFence(this);
    }
  }

  private CancelledError cancellation() {
    return failure == null
        ? new CancelledError(cancelMessage)
        : new CancelledError(cancelMessage, failure);
  }

  private void ensurePending() {
    core.ensureOwner();
    if (isDone()) {
      throw new InvalidStateException("cannot complete " + this + ": it is " + stateName());
    }
  }

  private IllegalStateException callbacksLost() {
    return new IllegalStateException(
        "cannot run the callbacks of %s: its event loop is closed; complete futures before their loop is closed"
            .formatted(this));
  }

  private InvalidStateException notReady(String what) {
    return new InvalidStateException(
        "cannot return the " + what + " of " + this + ": it is pending; await it first");
  }
}
