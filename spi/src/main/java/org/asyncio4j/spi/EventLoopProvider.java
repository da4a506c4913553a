package org.asyncio4j.spi;

import java.util.Set;
import org.asyncio4j.core.EventLoop;

/**
 * Offers an event loop to {@link java.util.ServiceLoader}: the entry of a loop into asyncio4j.
 *
 * <p>A provider has a public constructor without parameters and without side effects. It is
 * declared both in {@code META-INF/services} (for the class path; {@code @AutoService} writes it)
 * and by {@code provides} in {@code module-info}.
 *
 * <p>When several jars are made one, a services file can replace another, and a loop is lost. If
 * the jar of the loop also holds the file {@code META-INF/asyncio4j/loops/} + the name of the
 * provider's class, whose content does not matter, the framework logs a warning in that case.
 */
public interface EventLoopProvider {

  /** {@return a stable name in lower case, used in configuration and messages} */
  String name();

  /** {@return which of several available loops to take by default: the highest} */
  default int priority() {
    return 0;
  }

  /**
   * {@return whether the loop can work here} Cheap, repeatable, without side effects that outlive
   * the call.
   */
  Availability availability();

  /** {@return what the loops of this provider can do} */
  Set<Capability> capabilities();

  /**
   * Opens a loop.
   *
   * @param context what the framework hands in
   * @return an open loop, which the caller closes
   * @throws IllegalStateException if the loop is not available, or the system refuses it a resource
   */
  EventLoop open(LoopContext context);
}
