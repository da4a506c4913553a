package org.asyncio4j.spi;

import org.asyncio4j.core.Context;
import org.asyncio4j.internal.describe.Described;
import org.jspecify.annotations.Nullable;

/**
 * A callback that a loop's own code queues again and again without making a new one: what {@code
 * poll} queues when a socket is ready (asyncio, {@code _add_callback}). From {@link
 * BaseEventLoop#newIoHandle}.
 */
public final class IoHandle extends ReadyEntry {

  private final LoopCore core;
  private final Runnable action;
  private final Context context;
  private final @Nullable String what;
  private final @Nullable Object subject;
  private boolean queued;
  private boolean cancelled;

  /** Makes a handle that is called in messages what it does, and with what, if that is given. */
  IoHandle(
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

  /**
   * Has the callback run in its turn; does nothing while it is queued. Callable from {@code poll},
   * too.
   */
  public void queue() {
    cancelled = false;
    if (!queued) {
      queued = true;
      core.schedule(this);
    }
  }

  /** Keeps the callback from being run until it is queued again. */
  public void cancel() {
    cancelled = true;
  }

  @Override
  boolean isDropped() {
    if (cancelled) {
      queued = false;
    }
    return cancelled;
  }

  @Override
  Context runContext() {
    return context;
  }

  @Override
  void run() {
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
