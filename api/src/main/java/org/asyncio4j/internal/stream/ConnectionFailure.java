package org.asyncio4j.internal.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a connection was lost with, for those who still use it. */
final class ConnectionFailure {

  private ConnectionFailure() {}

  /** Throws it as it is, each time, as asyncio does. */
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
