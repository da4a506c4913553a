package org.asyncio4j.tasks;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.InvalidStateException;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a future: an element of the list that {@code
 * asyncio.gather(return_exceptions=True)} returns.
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
   * @param exception the exception that it failed with
   * @param <T> the type of the future's value
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
   * @param error the error that waiting tasks receive, with the message that was given to {@code
   *     cancel}
   * @param <T> the type of the future's value
   */
  record Cancelled<T extends @Nullable Object>(CancelledError error) implements Outcome<T> {

    /** Checks the component. */
    public Cancelled {
      requireNonNull(error, "error");
    }
  }

  /**
   * Returns the outcome of a future. If it failed, its exception then counts as retrieved.
   *
   * @param done a future that is done
   * @param <T> the type of its value
   * @return its outcome; a failure with {@link CancelledError} counts as a cancellation
   * @throws InvalidStateException if the future is pending
   */
  static <T extends @Nullable Object> Outcome<T> of(Future<? extends T> done) {
    if (!done.isDone()) {
      throw new InvalidStateException(
          "cannot take the outcome of %s: it is pending; await it first".formatted(done));
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
