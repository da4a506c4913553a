package org.asyncio4j.spi.internal.cycle;

import org.asyncio4j.core.Context;
import org.asyncio4j.core.Handle;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/** A callback of {@code callSoon}. */
public class CallbackHandle extends ReadyEntry implements Handle {

  // Kept after a failure, because the report names the callback.
  private @Nullable Runnable callback;
  private @Nullable Class<?> formerType;
  private @Nullable Context context;
  private final @Nullable Throwable createdAt;
  private boolean begun;
  private boolean cancelled;

  public CallbackHandle(
      Runnable callback, @Nullable Context context, @Nullable Throwable createdAt) {
    this.callback = callback;
    this.context = context;
    this.createdAt = createdAt;
  }

  @Override
  public void cancel() {
    if (!begun && !cancelled) {
      cancelled = true;
      letGo();
    }
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public final Context context() {
    Context given = context;
    if (given == null) {
      given = Context.empty();
      context = given;
    }
    return given;
  }

  @Override
  public boolean isDropped() {
    return begun || cancelled;
  }

  @Override
  public final @Nullable Context runContext() {
    return context;
  }

  @Override
  public void run() {
    Runnable action = callback;
    if (action != null && !begun) {
      begun = true;
      action.run();
      letGo();
    }
  }

  private void letGo() {
    Runnable former = callback;
    if (former != null) {
      formerType = former.getClass();
      callback = null;
    }
  }

  final @Nullable Throwable createdAt() {
    return createdAt;
  }

  /** Returns the kind of this handle, for messages. */
  String kind() {
    return "Handle";
  }

  @Override
  public final String toString() {
    return "<%s%s %s%s>"
        .formatted(
            kind(),
            isCancelled() ? " cancelled" : "",
            description(),
            createdAt == null ? "" : " created at " + Described.place(createdAt));
  }

  // Another thread may clear the callback concurrently.
  private String description() {
    Runnable present = callback;
    if (present != null) {
      return Described.callback(present);
    }
    Class<?> former = formerType;
    return former == null ? "a callback" : Described.type(former);
  }
}
