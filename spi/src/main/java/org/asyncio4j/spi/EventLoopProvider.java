package org.asyncio4j.spi;

import java.util.Set;
import org.asyncio4j.core.EventLoop;

/**
 * Provides an event loop; asyncio4j finds providers with {@link java.util.ServiceLoader}.
 *
 * <p>A provider has a public constructor without parameters and without side effects. It is
 * declared both in {@code META-INF/services} (for the class path; {@code @AutoService} writes it)
 * and by {@code provides} in {@code module-info}.
 *
 * <p>When several jars are merged into one, a services file can overwrite another, and a loop is
 * lost. If the loop's jar also contains a file {@code META-INF/asyncio4j/loops/} + the name of the
 * provider's class, with any content, the framework logs a warning in that case.
 */
public interface EventLoopProvider {

  /** {@return a stable name in lower case, used in configuration and messages} */
  String name();

  /**
   * {@return the priority of this loop} By default, the available loop with the highest priority is
   * used.
   */
  default int priority() {
    return 0;
  }

  /**
   * {@return whether the loop can work here} The call is cheap, repeatable, and without side
   * effects that outlive it.
   */
  Availability availability();

  /** {@return the capabilities of the loops of this provider} */
  Set<Capability> capabilities();

  /**
   * Opens a loop.
   *
   * @param context the clock, the engine and debug mode
   * @return an open loop, which the caller must close
   * @throws IllegalStateException if the loop is unavailable, or if the system denies it a resource
   */
  EventLoop open(LoopContext context);
}
