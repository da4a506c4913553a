package org.asyncio4j.tck.run;

import org.asyncio4j.tck.probe.KitCode;
import org.jspecify.annotations.Nullable;

/** Distinguishes a bug in the kit from a fault of the loop. */
final class KitBug {

  private KitBug() {}

  /** A bug is an exception of careless code that was thrown by a line of the kit. */
  static boolean isBehind(Throwable thrown) {
    boolean careless =
        thrown instanceof NullPointerException
            || thrown instanceof ClassCastException
            || thrown instanceof IndexOutOfBoundsException
            || thrown instanceof ReflectiveOperationException
            || thrown instanceof LinkageError;
    if (!careless) {
      Throwable cause = thrown instanceof AssertionError ? thrown.getCause() : null;
      return cause != null && isBehind(cause);
    }
    @Nullable StackTraceElement origin = origin(thrown);
    return origin == null || KitCode.isAt(origin);
  }

  private static @Nullable StackTraceElement origin(Throwable thrown) {
    for (StackTraceElement element : thrown.getStackTrace()) {
      if (!element.getClassName().startsWith("java.")) {
        return element;
      }
    }
    return null;
  }
}
