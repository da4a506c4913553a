package org.asyncio4j.spi.internal.cycle;

import java.lang.ref.Cleaner;

/**
 * The cleaner of this package, whose thread starts when it is first needed. Registering takes a
 * lock, so only threads that open or close a loop register, never a thread that carries fibers.
 */
final class SharedCleaner {

  private static final Cleaner CLEANER = Cleaner.create();

  private SharedCleaner() {}

  static Cleaner get() {
    return CLEANER;
  }
}
