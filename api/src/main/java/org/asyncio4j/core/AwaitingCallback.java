package org.asyncio4j.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A done-callback of another waiting future: an edge of the call graph, which asyncio records with
 * {@code future_add_to_awaited_by}. A future that has such a callback includes its {@link
 * #awaiter()} in {@link Future#awaitedBy()} while it is pending.
 *
 * <p>Implementations of tasks, and of futures that are composed of others, use this kind of
 * callback to show what they wait for.
 *
 * @param <T> the type of the value of the future that is awaited
 */
public interface AwaitingCallback<T extends @Nullable Object> extends Consumer<Future<T>> {

  /**
   * {@return the task or future that waits} This method must do nothing else, because it is also
   * called on another thread while a task holds the loop.
   */
  Future<?> awaiter();
}
