package org.asyncio4j.internal.bootstrap;

import java.util.ServiceLoader;

/** Internal; not for use outside asyncio4j. Finds the bridge. */
public final class LoopBootstraps {

  private static final LoopBootstrap FOUND = load();

  private LoopBootstraps() {}

  /** {@return the bridge that the {@code spi} module provides} */
  public static LoopBootstrap get() {
    return FOUND;
  }

  private static LoopBootstrap load() {
    return ServiceLoader.load(LoopBootstrap.class, LoopBootstraps.class.getClassLoader())
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "An event loop must be present at run time but none was found; add"
                    + " asyncio4j-loop-nio or asyncio4j-loop-epoll to the class or module path"));
  }
}
