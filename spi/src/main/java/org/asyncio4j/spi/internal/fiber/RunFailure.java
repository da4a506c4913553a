package org.asyncio4j.spi.internal.fiber;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Throws what ended a loop's own thread to the caller that waits for it. */
final class RunFailure {

  private RunFailure() {}

  static void rethrow(@Nullable Throwable thrown) throws IOException {
    switch (thrown) {
      case null -> {}
      case IOException failure -> throw failure;
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      default ->
          throw new IllegalStateException("the loop's thread ended with an exception", thrown);
    }
  }
}
