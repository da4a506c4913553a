package org.asyncio4j.spi;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Expiry;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.asyncio4j.spi.internal.cycle.ReadyEntry;
import org.jspecify.annotations.Nullable;

/**
 * The cancellation requests of a built-in task, and their delivery to a body that blocks.
 *
 * <p>A request interrupts a body that is parked in a blocking call, once: now, or where the body
 * parks next. If the body ends after that, with any outcome, the task is cancelled, unless the body
 * has seen the cancellation at an {@code await} or the request was withdrawn.
 *
 * <p>If a parked body holds the loop, {@link HeldBody} interrupts it from another thread. The work
 * that the loop has missed is done as soon as the body runs our code again.
 */
public abstract class CancellableTask<T extends @Nullable Object> extends TaskState<T> {

  private final ParkedWait parking;
  private final boolean interruptOnCancel;
  private final @Nullable HeldBody held;

  private int requests;
  private @Nullable String message;
  private boolean unseen;
  private boolean sawCancellation;

  private boolean parked;
  private boolean interrupting;
  private boolean wokenMeanwhile;
  // There is a request for which the body has neither been interrupted nor seen the cancellation.
  private boolean interruptDue;
  // The body was interrupted for a cancellation that it has not seen.
  private boolean interrupted;
  // The interrupt flag may be set: by us, or by code that restores it later.
  private boolean flagged;

  CancellableTask(BaseEventLoop loop, TaskOptions options) {
    super(loop, options);
    this.interruptOnCancel = options.interruptOnCancel();
    HeldBody body = core().engine().isHeldByParked() ? new HeldBody(this) : null;
    // A body that must not be interrupted may wait for one that may.
    this.parking = new ParkedWait(this, body != null && interruptOnCancel ? body.alarm() : null);
    this.held = body;
  }

  abstract Coroutine<T> coroutine();

  /** Schedules the next step of a parked body. Callable from any thread. */
  abstract void wake();

  /** Takes the next step of a body that was parked. */
  abstract void runParked();

  @Override
  public final int cancelling() {
    catchUp();
    return requests;
  }

  @Override
  public final boolean hasUnseenCancellation() {
    catchUp();
    return unseen;
  }

  @Override
  public final boolean hasUnseenInterrupt() {
    catchUp();
    return interrupted;
  }

  @Override
  public final int uncancel() {
    core().ensureOwner();
    catchUp();
    if (requests > 0 && --requests == 0) {
      sawCancellation = false;
      dropUnseenCancellation();
    } else if (unseen && interruptOnCancel) {
      // The last interrupt was for the withdrawn request.
      setInterruptDue(true);
    }
    return requests;
  }

  @Override
  public final void dropUnseenCancellation() {
    core().ensureOwner();
    endUnseen();
    flagged = false;
  }

  @Override
  public void cancelThreadsafe(@Nullable String reason) {
    HeldBody body = held;
    if (body == null) {
      loop().callSoonThreadsafe(() -> cancel(reason));
    } else {
      body.request(() -> cancel(reason));
    }
  }

  @Override
  public final Expiry scheduleExpiry(long when, Runnable action) {
    HeldBody body = held;
    return body == null ? super.scheduleExpiry(when, action) : body.scheduleExpiry(when, action);
  }

  /** Returns whether the body waits for the given future. */
  abstract boolean awaits(Future<?> future);

  /** Returns whether the body has not yet seen a cancellation. */
  abstract boolean isCancelledUnseen();

  /** Returns the object that reaches the body while it holds the loop, if it is needed. */
  final @Nullable HeldBody held() {
    return held;
  }

  /**
   * Notes that the body's first step is taken in a step of the given task; {@code null} when it has
   * ended.
   */
  final void beginWithin(@Nullable Task<?> creator) {
    HeldBody body = held;
    if (body != null) {
      body.setCreator(creator);
    }
  }

  /** Notes that another future received the cancellation that is pending for the body. */
  final void noteCancelledAhead(Future<?> task) {
    HeldBody body = held;
    if (body != null) {
      body.noteCancelledAhead(task);
    }
  }

  final ParkedWait parking() {
    return parking;
  }

  final boolean hasRequests() {
    return requests > 0;
  }

  final boolean hasUnseenRequest() {
    return unseen;
  }

  final boolean sawCancellation() {
    return sawCancellation;
  }

  final boolean isParked() {
    return parked;
  }

  final void countRequest() {
    requests++;
  }

  /** Arranges for a cancellation at the next {@code await}, and interrupts a parked body. */
  final void raiseLater(@Nullable String reason) {
    unseen = true;
    message = reason;
    // Not again before the body has continued after the last interrupt.
    if (interruptOnCancel && !parking.isInterrupted()) {
      setInterruptDue(true);
      interruptIfParked();
    }
  }

  /** Called when a step begins. */
  final void unpark() {
    parked = false;
    parking.end();
  }

  /** Called when a step has ended because the body has parked. */
  final void park() {
    parked = true;
    parking.begin();
    interruptIfParked();
  }

  /** Called when the body can continue, or may be able to. */
  final void unparked() {
    if (interrupting) {
      wokenMeanwhile = true;
    } else if (parked) {
      runParked();
    }
  }

  /**
   * Returns the exception that a step must throw in the body: because of requests, or else {@code
   * raised}.
   */
  final @Nullable Throwable raiseNow(@Nullable Throwable raised, boolean awaitedTells) {
    Throwable shown = raised;
    if (unseen && !parked) {
      // The awaited future reports its own cancellation, with the first message.
      if (!awaitedTells) {
        shown = new CancelledError(message);
      }
      endUnseen();
    }
    sawCancellation |= awaitedTells || shown instanceof CancelledError;
    return shown;
  }

  /** Delivers an unseen cancellation through a future that the body begins to await. */
  final void raiseBy(Future<?> awaited) {
    boolean ahead = held != null && held.isCancelledAhead(awaited);
    if (unseen && (ahead || awaited.cancel(message))) {
      endUnseen();
    }
  }

  /** Called when the body has returned. Returns whether the task ends as cancelled. */
  final boolean becomeCancelledUnlessSeen() {
    return unseen && becomeCancelled(message, null);
  }

  /** Called when the body has failed. Returns whether the task ends as cancelled. */
  final boolean becomeCancelledBy(Throwable failure) {
    if (failure instanceof CancelledError cancelled) {
      return becomeCancelled(cancelled.getMessage(), cancelled.getCause());
    }
    return interrupted && becomeCancelled(message, failure);
  }

  /** Called when a step has ended and it is known how the body continues. */
  final void forgetCancelledAhead() {
    HeldBody body = held;
    if (body != null && body.hasCancelledAhead() && !isCancelledUnseen()) {
      body.forgetCancelledAhead();
    }
  }

  /**
   * Does the work that the loop could not do while the body held it, and for which the body was
   * interrupted.
   */
  final void catchUp() {
    HeldBody body = held;
    if (body != null && body.hasRung() && core().isOnLoopThread()) {
      flagged = true;
      body.catchUp();
      interrupted = unseen;
      setInterruptDue(false);
      if (!unseen) {
        clearFlag();
      }
    }
  }

  private void endUnseen() {
    unseen = false;
    interrupted = false;
    setInterruptDue(false);
    clearFlag();
  }

  private void clearFlag() {
    if (flagged) {
      coroutine().clearInterrupt();
    }
  }

  private void setInterruptDue(boolean changed) {
    interruptDue = changed;
    HeldBody body = held;
    if (body != null) {
      body.setDue(changed);
    }
  }

  private void interruptIfParked() {
    if (interruptDue && parked && parking.isUndecided()) {
      // In a callback, because interrupts take locks and the request may be withdrawn at once.
      core().schedule(new Interruption());
    }
  }

  private void interrupt() {
    if (interruptDue && parked && parking.becomeInterrupted()) {
      setInterruptDue(false);
      interrupted = true;
      flagged = true;
      interruptBeforeItRuns();
    }
  }

  /** The interrupt may have to wait for locks; it must not arrive after the body has moved on. */
  private void interruptBeforeItRuns() {
    interrupting = true;
    try {
      coroutine().interrupt();
    } finally {
      interrupting = false;
      if (wokenMeanwhile) {
        wokenMeanwhile = false;
        wake();
      }
    }
  }

  private final class Interruption extends ReadyEntry {

    @Override
    public void run() {
      interrupt();
    }

    @Override
    public String toString() {
      return "<interrupt of " + CancellableTask.this + ">";
    }
  }
}
