package org.asyncio4j.spi.internal.cycle;

import java.lang.ref.Cleaner;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Warns and closes the system's resources if a loop is garbage-collected without having been closed
 * (asyncio, {@code ResourceWarning: unclosed event loop}). It must not refer to the loop, which
 * could then never be collected.
 *
 * <p>A loop whose constructor has failed is collected, too, but could not have been closed. Its
 * resources are closed without a warning.
 */
public final class ForgottenLoop implements Runnable {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");

  private final String description;
  private final @Nullable Throwable openedAt;
  private final Queue<AutoCloseable> resources = new ConcurrentLinkedQueue<>();
  private volatile boolean opened;
  private volatile boolean closed;
  private Cleaner.@Nullable Cleanable registration;

  /**
   * Creates an object that does not watch the loop yet.
   *
   * @param description names the loop
   * @param openedAt where the loop was opened, if that is known
   */
  public ForgottenLoop(String description, @Nullable Throwable openedAt) {
    this.description = description;
    this.openedAt = openedAt;
  }

  /** Adds a resource to close, which must not refer to the loop. */
  public void add(AutoCloseable resource) {
    resources.add(resource);
  }

  /** Starts watching the loop; a constructor of a subclass may still fail after that. */
  public void watch(Object loop) {
    registration = SharedCleaner.get().register(loop, this);
  }

  /**
   * Notes that the loop is in use, so its constructors have succeeded: from now on it must be
   * closed.
   */
  public void loopWasOpened() {
    // Called for each callback: a read costs less than a volatile write.
    if (!opened) {
      opened = true;
    }
  }

  /** Notes that the loop was closed. */
  public void loopWasClosed() {
    closed = true;
    resources.clear();
    if (registration != null) {
      registration.clean();
    }
  }

  /** Runs on the cleaner's thread. */
  @Override
  public void run() {
    if (closed) {
      return;
    }
    if (opened) {
      warn();
    }
    for (AutoCloseable resource : resources) {
      close(resource);
    }
  }

  private void warn() {
    String place = openedAt == null ? "; debug mode shows where it was opened" : "";
    LOGGER.log(
        System.Logger.Level.WARNING,
        "unclosed event loop "
            + description
            + "; close each loop that you open, or use Asyncio.run or a Runner, which close theirs"
            + place,
        openedAt);
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Throwable failure) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "cannot close a resource of an event loop that was not closed: " + resource,
          failure);
    }
  }
}
