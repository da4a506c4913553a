package org.asyncio4j.internal.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.AwaitingCallback;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The done-callbacks of one wait for several futures: they are added all or not at all, and removed
 * together. Reports each future once, even if it calls its callback repeatedly, and reports none
 * after the wait has ended.
 */
final class Watch<T extends @Nullable Object> {

  private final Future<?> awaiter;
  private final Consumer<Future<T>> whenDone;
  private final List<Seen> added = new ArrayList<>();
  private boolean ended;

  /**
   * Watches nothing yet.
   *
   * @param awaiter the waiting task or future, for the call graph
   * @param whenDone receives each future that is done, in a callback
   */
  Watch(Future<?> awaiter, Consumer<Future<T>> whenDone) {
    this.awaiter = awaiter;
    this.whenDone = whenDone;
  }

  /** Adds the callbacks; if a future rejects its callback, removes those of the others. */
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

  /** Removes the callbacks. Never throws, so that a pending exception is not lost. */
  void end() {
    ended = true;
    for (Seen seen : added) {
      if (!seen.called) {
        takeBack(seen.future, seen);
      }
    }
    added.clear();
  }

  /** Removes a callback; reports a future that fails to do this. Never throws. */
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

    // The calling future may be one to which the other delegates its callbacks.
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
