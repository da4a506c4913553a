package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.core.TimerHandle;
import org.asyncio4j.spi.IoHandle;
import org.jspecify.annotations.Nullable;

/**
 * One direction of something that is watched: the task that waits for it, or the callback that
 * hears of it, one of both.
 *
 * <p>After a successful wait for reading the watching goes on until it tells of something that
 * nobody waits for. Who reads again and again, as most do, changes nothing in the poller.
 */
final class ReadinessSlot {

  private final ReadinessEventLoop loop;
  private final SocketReadiness owner;
  private final int bit;
  private final IoHandle wake;

  // Of the loop's thread.
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

  /** On the thread that polls. */
  void ready() {
    WatchingHandle watching = watcher;
    if (watching == null) {
      wake.queue();
    } else {
      watching.queue();
    }
  }

  /**
   * Takes the slot for an operation. One that was cancelled while it waited has not ended yet, but
   * does nothing any more.
   *
   * @return what {@link #end} wants to see
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
          "%s must be called by one task at a time but another one is in %s of %s; await that first"
              .formatted(name, operation, owner));
    }
  }

  private boolean isBusy() {
    return operation != null && (waiter == null || !waiter.isCancelled());
  }

  boolean isWatched() {
    return watcher != null;
  }

  /** Suspends the current task until the socket may be ready, or was closed. */
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

  /** Suspends the current task for a while, or until the socket was closed. */
  void pause(Duration length) {
    requireUnwatched();
    Promise<@Nullable Void> promise = loop.createFuture();
    waiter = promise;
    TimerHandle end = loop.callLater(length, () -> complete(promise), Context.empty());
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
          "%s must not wait while a callback watches %s; call removeReader or removeWriter first"
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

  /** Has a callback hear of the slot; the former one is cancelled. */
  void setWatcher(WatchingHandle changed) throws IOException {
    if (waiter != null && !waiter.isCancelled()) {
      throw new IllegalStateException(
          "%s must not be watched while a task waits in %s; await that first"
              .formatted(owner, operation));
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

  /** Whoever waits looks again, and finds the socket closed. */
  void closed() {
    WatchingHandle former = watcher;
    watcher = null;
    if (former != null) {
      former.end();
    }
    complete();
  }

  private void wake() {
    if (waiter != null || watcher != null) {
      complete();
    } else if (unwanted) {
      forget();
    } else {
      unwanted = true; // it may have been queued for somebody who has read meanwhile
    }
  }

  private void complete() {
    Promise<@Nullable Void> waiting = waiter;
    if (waiting != null) {
      complete(waiting);
    }
  }

  private static void complete(Promise<@Nullable Void> waiting) {
    if (!waiting.isDone()) {
      waiting.setResult(null);
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
