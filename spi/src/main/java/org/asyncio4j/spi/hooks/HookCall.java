package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of a private hook, for an observer.
 *
 * @param hook the name of the hook method
 * @param request the parameter of the hook, {@code null} if it has none; for {@code poll}, the time
 *     to wait in nanoseconds
 * @param result the result of the hook, {@code null} if there is none or if the hook threw
 * @param thrown the exception that the hook threw
 */
public record HookCall(
    String hook, @Nullable Object request, @Nullable Object result, Optional<Throwable> thrown) {

  /** Checks the components. */
  public HookCall {
    requireNonNull(hook, "hook");
    requireNonNull(thrown, "thrown");
  }
}
