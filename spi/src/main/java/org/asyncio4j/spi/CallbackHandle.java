package org.asyncio4j.spi;

import org.asyncio4j.core.Context;
import org.asyncio4j.core.Handle;
import org.jspecify.annotations.Nullable;

/** A callback of {@code callSoon}. */
class CallbackHandle extends ReadyEntry implements Handle {

  private @Nullable Runnable callback;
  private @Nullable Context context;
  private final @Nullable Throwable createdAt;
  private boolean cancelled;

  CallbackHandle(Runnable callback, @Nullable Context context, @Nullable Throwable createdAt) {
    this.callback = callback;
    this.context = context;
    this.createdAt = createdAt;
  }

  @Override
  public void cancel() {
    if (callback != null) {
      cancelled = true;
      callback = null;
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
  boolean isDropped() {
    return callback == null;
  }

  @Override
  final @Nullable Context runContext() {
    return context;
  }

  @Override
  void run() {
    Runnable action = callback;
    if (action != null) {
      callback = null;
      action.run();
    }
  }

  final @Nullable Throwable createdAt() {
    return createdAt;
  }

  @Override
  public String toString() {
    return "<Handle%s %s>"
        .formatted(cancelled ? " cancelled" : "", callback == null ? "done" : callback);
  }
}
