package org.asyncio4j.internal.bootstrap;

import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Internal; not for use outside asyncio4j. Finds the bridge. */
public final class LoopBootstraps {

  private static final String CLASS_OF_SPI = "/org/asyncio4j/spi/EventLoopProvider.class";

  // Null if the search fails: an initializer that throws would replace the error of every later
  // call by NoClassDefFoundError.
  private static final @Nullable LoopBootstrap FOUND = findIfPossible();

  private LoopBootstraps() {}

  /**
   * Returns the bridge that the {@code spi} module provides.
   *
   * @return the bridge
   * @throws IllegalStateException if there is none, or it cannot be loaded
   */
  public static LoopBootstrap get() {
    LoopBootstrap found = FOUND;
    return found == null ? find().orElseThrow(LoopBootstraps::absent) : found;
  }

  /**
   * Returns the bridge that the {@code spi} module provides, if that module is present.
   *
   * @return the bridge
   * @throws IllegalStateException if it cannot be loaded
   */
  public static Optional<LoopBootstrap> find() {
    LoopBootstrap found = FOUND;
    return found == null ? search() : Optional.of(found);
  }

  private static @Nullable LoopBootstrap findIfPossible() {
    try {
      return search().orElse(null);
    } catch (Throwable repeated) {
      return null; // each call searches again and throws the error
    }
  }

  private static Optional<LoopBootstrap> search() {
    try {
      return ServiceLoader.load(LoopBootstrap.class, LoopBootstraps.class.getClassLoader())
          .findFirst();
    } catch (ServiceConfigurationError | LinkageError broken) {
      throw new IllegalStateException(
          "cannot find an event loop: asyncio4j-spi cannot be loaded (%s); put the same version of all asyncio4j jars, and what they depend on, on one path"
              .formatted(broken),
          broken);
    }
  }

  private static IllegalStateException absent() {
    return LoopBootstraps.class.getResource(CLASS_OF_SPI) == null
        ? MissingLoop.because()
        : new IllegalStateException(
            "cannot find an event loop: asyncio4j-spi is present, but no META-INF/services/%s names its class; %s"
                .formatted(LoopBootstrap.class.getName(), MissingLoop.MERGE_SERVICES));
  }
}
