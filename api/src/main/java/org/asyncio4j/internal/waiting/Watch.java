package org.asyncio4j.internal.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The done-callbacks with which somebody waits for several futures: added all or not at all, and
 * taken back together. Tells of each future once, however often that calls, and of none once it has
 * ended.
 */
final class Watch<T extends @Nullable Object> {

  private final Future<?> awaiter;
  private final Consumer<Future<T>> whenDone;
  private final List<Seen> added = new ArrayList<>();
  private boolean ended;

  /**
   * Watches nothing yet.
   *
   * @param awaiter who waits, for the call graph
   * @param whenDone hears of each future, in a callback
   */
  Watch(Future<?> awaiter, Consumer<Future<T>> whenDone) {
    this.awaiter = awaiter;
    this.whenDone = whenDone;
  }

  /** Adds the callbacks; if a future refuses, takes those of the others back. */
  void start(List<Future<T>> futures) {
    try {
      for (Future<T> future : futures) {
        Seen seen = new Seen(future);
        future.addDoneCallback(seen);
        added.add(seen);
      }
    } catch (RuntimeException | Error refused) {
      end();
      throw refused;
    }
  }

  /** Takes the callbacks back. Never throws, so that nothing that is on its way is lost. */
  void end() {
    ended = true;
    for (Seen seen : added) {
      if (!seen.called) {
        takeBack(seen.future, seen);
      }
    }
    added.clear();
  }

  /** Removes a callback; a future that cannot is reported. Never throws. */
  static <T extends @Nullable Object> void takeBack(
      Future<T> future, Consumer<? super Future<T>> callback) {
    try {
      int ignored = future.removeDoneCallback(callback);
    } catch (RuntimeException | Error thrown) {
      future
          .loop()
          .callExceptionHandler(
              ErrorReport.of("A done-callback could not be removed")
                  .withException(thrown)
                  .withFuture(future));
    }
  }

  private final class Seen implements AwaitingCallback<T> {

    private final Future<T> future;
    private boolean called;

    Seen(Future<T> future) {
      this.future = future;
    }

    @Override
    public Future<?> awaiter() {
      return awaiter;
    }

    // The future that calls may be one to which the other hands its callbacks on.
    @Override
    public void accept(Future<T> done) {
      if (!called) {
        called = true;
        if (!ended) {
          whenDone.accept(future);
        }
      }
    }
  }
}
