package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of a private hook, as an observer sees it.
 *
 * @param hook the name of the hook method
 * @param request its parameter, {@code null} for a hook that has none; the waiting time of {@code
 *     poll} in nanoseconds
 * @param result what it returned, {@code null} for nothing or when it threw
 * @param thrown what it threw
 */
public record HookCall(
    String hook, @Nullable Object request, @Nullable Object result, Optional<Throwable> thrown) {

  /** Checks the components. */
  public HookCall {
    requireNonNull(hook, "hook");
    requireNonNull(thrown, "thrown");
  }
}
