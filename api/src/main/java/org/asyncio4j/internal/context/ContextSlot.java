package org.asyncio4j.internal.context;

import org.jspecify.annotations.Nullable;

/**
 * Internal; not for use outside asyncio4j. The place that holds the context of the running code.
 *
 * @param <C> the type of the context, which this package cannot name without a cycle
 */
public interface ContextSlot<C> {

  /** {@return the context of the caller, or {@code null} if it has none yet} */
  @Nullable C get();

  /**
   * Sets the context of the caller.
   *
   * @param context the context, or {@code null} for none
   */
  void set(@Nullable C context);
}
