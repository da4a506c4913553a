package org.asyncio4j.tasks;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a race: the result of asyncio's {@code staggered_race}.
 *
 * @param winner the index of the attempt that succeeded first; empty if none did
 * @param outcomes the outcome of each attempt that was started, in the order of the attempts;
 *     unmodifiable. More than one may have succeeded if a loser could not be stopped
 * @param <T> the type of the value
 */
public record RaceResult<T extends @Nullable Object>(
    OptionalInt winner, List<Outcome<T>> outcomes) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the winner did not succeed
   */
  public RaceResult {
    requireNonNull(winner, "winner");
    outcomes = List.copyOf(outcomes);
    if (winner.isPresent()) {
      int index = winner.getAsInt();
      if (index < 0
          || index >= outcomes.size()
          || !(outcomes.get(index) instanceof Outcome.Success)) {
        throw new IllegalArgumentException(
            "winner must be the index of a success: %s of %s".formatted(index, outcomes));
      }
    }
  }

  /**
   * Returns the value of the winner.
   *
   * @return the value
   * @throws NoSuchElementException if there is no winner; the failures are its suppressed
   *     exceptions
   */
  public T value() {
    if (winner.isPresent()
        && outcomes.get(winner.getAsInt()) instanceof Outcome.Success<T>(T value)) {
      return value;
    }
    NoSuchElementException noWinner =
        new NoSuchElementException(
            "cannot return the value of the race: none of its %s attempts succeeded; check winner() first"
                .formatted(outcomes.size()));
    failures().forEach(noWinner::addSuppressed);
    throw noWinner;
  }

  /**
   * Returns the failures of the attempts.
   *
   * @return the exceptions, in the order of the attempts; a {@link
   *     org.asyncio4j.core.CancelledError} for each attempt that was cancelled because another had
   *     won
   */
  public List<Throwable> failures() {
    return outcomes.stream().flatMap(RaceResult::failure).toList();
  }

  private static Stream<Throwable> failure(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Success<?> _ -> Stream.empty();
      case Outcome.Failure<?>(Throwable exception) -> Stream.of(exception);
      case Outcome.Cancelled<?>(Throwable error) -> Stream.of(error);
    };
  }
}
