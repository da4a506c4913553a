package org.asyncio4j.spi;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Expiry;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.TaskOptions;
import org.asyncio4j.spi.coroutine.Coroutine;
import org.jspecify.annotations.Nullable;

/**
 * The requests for cancellation of a built-in task, and how they reach a body that blocks.
 *
 * <p>A request interrupts a body that is parked in a blocking call, once: now, or where the body
 * parks next. From then on whatever the body ends with is the cancellation, until the body has seen
 * it at an {@code await} or the request is taken back.
 *
 * <p>Where a parked body holds the loop, {@link HeldBody} has it interrupted from another thread.
 * What the loop would have done meanwhile is done as soon as the body runs code of ours again.
 */
abstract class CancellableTask<T extends @Nullable Object> extends TaskState<T> {

  private final Parking parking;
  private final boolean interruptOnCancel;
  private final @Nullable HeldBody held;

  private int requests;
  private @Nullable String message;
  private boolean unseen;
  private boolean sawCancellation;

  private boolean parked;
  private boolean interrupting;
  private boolean wokenMeanwhile;
  // There is a request for which the body was neither interrupted nor shown the cancellation.
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
    this.parking = new Parking(this, body != null && interruptOnCancel ? body.alarm() : null);
    this.held = body;
  }

  abstract Coroutine<T> coroutine();

  /** Has the next step of a parked body taken; from any thread. */
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
      // The last interrupt was that of the request which is taken back.
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

  /** Whether the body waits for a future. */
  abstract boolean awaits(Future<?> future);

  /** Whether a cancellation is on its way to the body. */
  abstract boolean isCancelledUnseen();

  /** What reaches the body while it holds the loop, if anything has to. */
  final @Nullable HeldBody held() {
    return held;
  }

  /** The body's first step is taken in a step of another task; {@code null} when it has ended. */
  final void beginWithin(@Nullable Task<?> creator) {
    HeldBody body = held;
    if (body != null) {
      body.setCreator(creator);
    }
  }

  /** Another got the cancellation that is on its way to the body. */
  final void noteCancelledAhead(Future<?> task) {
    HeldBody body = held;
    if (body != null) {
      body.noteCancelledAhead(task);
    }
  }

  final Parking parking() {
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

  /** Has a cancellation raised at the next {@code await}, and a parked body interrupted. */
  final void raiseLater(@Nullable String reason) {
    unseen = true;
    message = reason;
    // Not again before the body has gone on after the last interrupt.
    if (interruptOnCancel && !parking.isInterrupted()) {
      setInterruptDue(true);
      interruptIfParked();
    }
  }

  /** A step begins. */
  final void unpark() {
    parked = false;
    parking.end();
  }

  /** A step has ended because the body has parked. */
  final void park() {
    parked = true;
    parking.begin();
    interruptIfParked();
  }

  /** The body can go on, or something took it for that. */
  final void unparked() {
    if (interrupting) {
      wokenMeanwhile = true;
    } else if (parked) {
      runParked();
    }
  }

  /**
   * What a step has to raise, if there are requests, instead of {@code raised}, which the body
   * would otherwise see.
   */
  final @Nullable Throwable raiseNow(@Nullable Throwable raised, boolean awaitedTells) {
    Throwable shown = raised;
    if (unseen && !parked) {
      // The future that was awaited tells of its own cancellation, with the first message.
      if (!awaitedTells) {
        shown = new CancelledError(message);
      }
      endUnseen();
    }
    sawCancellation |= awaitedTells || shown instanceof CancelledError;
    return shown;
  }

  /** Has a future that the body begins to wait for tell of a cancellation that is unseen. */
  final void raiseBy(Future<?> awaited) {
    boolean ahead = held != null && held.isCancelledAhead(awaited);
    if (unseen && (ahead || awaited.cancel(message))) {
      endUnseen();
    }
  }

  /** The body has returned; answers whether that ends the task as cancelled. */
  final boolean becomeCancelledUnlessSeen() {
    return unseen && becomeCancelled(message, null);
  }

  /** The body has failed; answers whether that ends the task as cancelled. */
  final boolean becomeCancelledBy(Throwable failure) {
    if (failure instanceof CancelledError cancelled) {
      return becomeCancelled(cancelled.getMessage(), cancelled.getCause());
    }
    return interrupted && becomeCancelled(message, failure);
  }

  /** A step has ended, and it is known how the body goes on. */
  final void forgetCancelledAhead() {
    HeldBody body = held;
    if (body != null && body.hasCancelledAhead() && !isCancelledUnseen()) {
      body.forgetCancelledAhead();
    }
  }

  /** Does what the loop could not do while the body held it; the body was interrupted for that. */
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
      // In a callback: interrupts take locks, and what was just requested may be taken back.
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

  /** The interrupt may have to wait for locks; it must not come when the body is elsewhere. */
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
    void run() {
      interrupt();
    }

    @Override
    public String toString() {
      return "<interrupt of " + CancellableTask.this + ">";
    }
  }
}
