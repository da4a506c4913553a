package org.asyncio4j.tasks;

import java.util.Collections;
import java.util.Set;
import org.asyncio4j.core.Future;
import org.asyncio4j.internal.identity.IdentitySet;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code Asyncio.waitUntil}: the two sets of {@code asyncio.wait}. They contain the
 * futures themselves, in the order in which they were given.
 *
 * @param done the futures that were done; unmodifiable
 * @param pending the futures that were not done; unmodifiable
 * @param <T> the type of their values
 */
public record WaitResult<T extends @Nullable Object>(Set<Future<T>> done, Set<Future<T>> pending) {

  /** Copies the sets. */
  public WaitResult {
    done = Collections.unmodifiableSet(new IdentitySet<>(done));
    pending = Collections.unmodifiableSet(new IdentitySet<>(pending));
  }
}
