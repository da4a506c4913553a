package org.asyncio4j.spi;

import java.lang.ref.Cleaner;

/**
 * The one cleaner of this package, whose thread starts when it is first needed. Registering takes a
 * lock, so it is done by the thread that opens or closes a loop, never by one that carries fibers.
 */
final class SharedCleaner {

  private static final Cleaner CLEANER = Cleaner.create();

  private SharedCleaner() {}

  static Cleaner get() {
    return CLEANER;
  }
}
