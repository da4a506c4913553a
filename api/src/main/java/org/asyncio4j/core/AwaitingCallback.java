package org.asyncio4j.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A done-callback through which another future waits: the edge of the call graph that asyncio draws
 * with {@code future_add_to_awaited_by}. A future that has such a callback names its {@link
 * #awaiter()} in {@link Future#awaitedBy()} for as long as it is pending.
 *
 * <p>Whoever writes a task, or a future that is made of others, uses this kind of callback to show
 * what it waits for.
 *
 * @param <T> the type of the value of the future that is awaited
 */
public interface AwaitingCallback<T extends @Nullable Object> extends Consumer<Future<T>> {

  /**
   * {@return the task or future that waits} It must do nothing else, because it is also called on
   * another thread while a task holds the loop.
   */
  Future<?> awaiter();
}
