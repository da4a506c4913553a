package org.asyncio4j.internal.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The exception that a connection was lost with, for code that still uses it. */
final class ConnectionFailure {

  private ConnectionFailure() {}

  /** Throws the same exception each time, as asyncio does. */
  static void throwIfPresent(@Nullable Throwable failure) throws IOException {
    switch (failure) {
      case null -> {}
      case IOException expected -> throw expected;
      case RuntimeException mistake -> throw mistake;
      case Error fatal -> throw fatal;
      default -> throw new IOException(failure);
    }
  }
}
