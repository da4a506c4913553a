package org.asyncio4j.spi;

import org.asyncio4j.core.Context;
import org.asyncio4j.internal.describe.Described;
import org.asyncio4j.spi.internal.cycle.ReadyEntry;
import org.jspecify.annotations.Nullable;

/** A callback that runs each time that it is queued. */
final class IoCallback extends ReadyEntry implements IoHandle {

  private final LoopCore core;
  private final Runnable action;
  private final Context context;
  private final @Nullable String what;
  private final @Nullable Object subject;
  private boolean queued;
  private boolean cancelled;

  /** Creates a handle that messages describe by its action and, if given, its subject. */
  IoCallback(
      LoopCore core,
      Runnable action,
      Context context,
      @Nullable String what,
      @Nullable Object subject) {
    this.core = core;
    this.action = action;
    this.context = context;
    this.what = what;
    this.subject = subject;
  }

  @Override
  public void queue() {
    cancelled = false;
    if (!queued) {
      queued = true;
      core.schedule(this);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public boolean isDropped() {
    if (cancelled) {
      queued = false;
    }
    return cancelled;
  }

  @Override
  public Context runContext() {
    return context;
  }

  @Override
  public void run() {
    queued = false;
    action.run();
  }

  @Override
  public String toString() {
    return "<Handle %s>"
        .formatted(
            what == null
                ? Described.callback(action)
                : Described.name(what) + " " + Described.object(subject));
  }
}
