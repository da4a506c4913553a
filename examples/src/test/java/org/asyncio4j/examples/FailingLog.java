package org.asyncio4j.examples;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.asyncio4j.Asyncio;

/** Runs a program twice with a logger that always throws. */
public final class FailingLog {

  private FailingLog() {}

  /** Prints the outcome of each run. */
  public static void main(String... args) {
    Logger logger = Logger.getLogger("org.asyncio4j");
    logger.addHandler(new Failing());
    for (int i = 0; i < 2; i++) {
      try {
        Asyncio.run(() -> IO.println("ran"));
      } catch (Throwable thrown) {
        IO.println(thrown);
      }
    }
  }

  private static final class Failing extends Handler {
    @Override
    public void publish(LogRecord message) {
      throw new IllegalStateException("disk full");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
