package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.driver.Interest;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a watched object, with either the task that waits for it or the callback that is
 * notified.
 *
 * <p>After a successful wait for reading, watching continues until readiness is reported while no
 * task waits. So a task that reads repeatedly, as most do, does not change the poller.
 */
final class ReadinessSlot {

  private final ReadinessEventLoop loop;
  private final SocketReadiness owner;
  private final int bit;
  private final IoHandle wake;

  // Confined to the loop's thread.
  private @Nullable String operation;
  private int turn;
  private boolean unwanted;
  private @Nullable Promise<@Nullable Void> waiter;
  private @Nullable WatchingHandle watcher;

  ReadinessSlot(ReadinessEventLoop loop, SocketReadiness owner, int bit) {
    this.loop = loop;
    this.owner = owner;
    this.bit = bit;
    this.wake = loop.ioHandle(this::wake, Context.empty(), "wake the task that waits for", owner);
  }

  /** Called on the thread that polls. */
  void ready() {
    WatchingHandle watching = watcher;
    if (watching == null) {
      wake.queue();
    } else {
      watching.queue();
    }
  }

  /**
   * Reserves the slot for an operation. An earlier operation that was cancelled while it waited may
   * not have ended yet, but no longer does anything.
   *
   * @return the argument for {@link #end}
   */
  int begin(String name) {
    requireFree(name);
    operation = name;
    unwanted = false;
    waiter = null;
    return ++turn;
  }

  void requireFree(String name) {
    if (isBusy()) {
      throw new IllegalStateException(
          "cannot %s: another task is in %s of %s; await that first"
              .formatted(name, operation, owner));
    }
  }

  private boolean isBusy() {
    return operation != null && (waiter == null || !waiter.isCancelled());
  }

  boolean isWatched() {
    return watcher != null;
  }

  /** Suspends the current task until the socket may be ready or is closed. */
  void await() throws IOException {
    requireUnwatched();
    Promise<@Nullable Void> promise = loop.createFuture();
    waiter = promise;
    boolean woken = false;
    try {
      owner.watch(bit, true);
      promise.await();
      woken = true;
    } finally {
      if (waiter == promise) {
        waiter = null;
        if (!woken) {
          forget();
        }
      }
    }
  }

  /** Suspends the current task for a while, or until the socket is closed. */
  void pause(Duration length) {
    requireUnwatched();
    Promise<@Nullable Void> promise = loop.createFuture();
    waiter = promise;
    TimerHandle end = loop.callLater(length, () -> promise.trySetResult(null), Context.empty());
    try {
      promise.await();
    } finally {
      end.cancel();
      if (waiter == promise) {
        waiter = null;
      }
    }
  }

  private void requireUnwatched() {
    if (watcher != null) {
      throw new IllegalStateException(
          "cannot %s: a callback watches %s; call removeReader or removeWriter first"
              .formatted(operation, owner));
    }
  }

  void end(int of) {
    if (of != turn) {
      return; // another operation has taken over
    }
    operation = null;
    // Sockets are nearly always ready for writing, so that would wake the loop at once.
    if (bit == Interest.WRITE && watcher == null) {
      forget();
    }
  }

  /** Sets the callback that is notified; the previous one is cancelled. */
  void setWatcher(WatchingHandle changed) throws IOException {
    if (waiter != null && !waiter.isCancelled()) {
      throw new IllegalStateException(
          "cannot watch %s: a task waits in %s; await that first".formatted(owner, operation));
    }
    WatchingHandle former = watcher;
    owner.watch(bit, true);
    watcher = changed;
    if (former != null) {
      former.end();
    }
  }

  boolean removeWatcher() {
    WatchingHandle former = watcher;
    if (former == null) {
      return false;
    }
    watcher = null;
    former.end();
    forget();
    return true;
  }

  /** Wakes the waiting task, which then finds the socket closed. */
  void closed() {
    WatchingHandle former = watcher;
    watcher = null;
    if (former != null) {
      former.closed();
    }
    complete();
  }

  private void wake() {
    if (waiter != null || watcher != null) {
      complete();
    } else if (unwanted) {
      forget();
    } else {
      unwanted = true; // it may have been queued for an earlier wait, whose task has read since
    }
  }

  private void complete() {
    Promise<@Nullable Void> waiting = waiter;
    if (waiting != null) {
      waiting.trySetResult(null);
    }
  }

  private void forget() {
    try {
      owner.watch(bit, false);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
