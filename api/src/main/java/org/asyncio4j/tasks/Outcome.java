package org.asyncio4j.tasks;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.InvalidStateException;
import org.jspecify.annotations.Nullable;

/**
 * How a future ended: what {@code asyncio.gather(return_exceptions=True)} puts into its list.
 *
 * @param <T> the type of the future's value
 */
public sealed interface Outcome<T extends @Nullable Object> {

  /**
   * The future has a value.
   *
   * @param value the value
   * @param <T> its type
   */
  record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

  /**
   * The future failed.
   *
   * @param exception what it failed with, as it is
   * @param <T> the type of the value that it does not have
   */
  record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {

    /** Checks the component. */
    public Failure {
      requireNonNull(exception, "exception");
    }
  }

  /**
   * The future was cancelled.
   *
   * @param error what those who await it see, with the message that was given to {@code cancel}
   * @param <T> the type of the value that it does not have
   */
  record Cancelled<T extends @Nullable Object>(CancelledError error) implements Outcome<T> {

    /** Checks the component. */
    public Cancelled {
      requireNonNull(error, "error");
    }
  }

  /**
   * Tells how a future ended. What it failed with counts as retrieved then.
   *
   * @param done a future that is done
   * @param <T> the type of its value
   * @return how it ended; a failure with {@link CancelledError} counts as a cancellation
   * @throws InvalidStateException if the future is pending
   */
  static <T extends @Nullable Object> Outcome<T> of(Future<? extends T> done) {
    if (!done.isDone()) {
      throw new InvalidStateException(
          "future must be done to have an outcome but is pending: %s; await it first"
              .formatted(done));
    }
    try {
      return new Success<>(done.result());
    } catch (CancelledError error) {
      return new Cancelled<>(error);
    } catch (Throwable failure) {
      return new Failure<>(failure);
    }
  }
}
