package org.asyncio4j.spi;

import java.lang.ref.Cleaner;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a loop that is collected without having been closed (asyncio, {@code
 * ResourceWarning: unclosed event loop}): a warning, and the resources of the system, which are
 * closed. It must not know the loop, which could never be collected then.
 *
 * <p>A loop whose constructor has failed is collected, too, and nobody could have closed it. Its
 * resources are closed without a warning.
 */
final class ForgottenLoop implements Runnable {

  private static final System.Logger LOGGER = System.getLogger("org.asyncio4j");

  private final String description;
  private final @Nullable Throwable openedAt;
  private final Queue<AutoCloseable> resources = new ConcurrentLinkedQueue<>();
  private volatile boolean opened;
  private volatile boolean closed;
  private Cleaner.@Nullable Cleanable registration;

  /**
   * Prepares for the worst.
   *
   * @param description names the loop
   * @param openedAt where the loop was opened, if that is known
   */
  ForgottenLoop(String description, @Nullable Throwable openedAt) {
    this.description = description;
    this.openedAt = openedAt;
  }

  /** Has something closed, which must not lead to the loop. */
  void add(AutoCloseable resource) {
    resources.add(resource);
  }

  /** Begins to watch the loop; a constructor of a subclass may still fail after that. */
  void watch(Object loop) {
    registration = SharedCleaner.get().register(loop, this);
  }

  /** The loop is in use, so that its constructors have succeeded: from now on it must be closed. */
  void loopWasOpened() {
    // Called for each callback: a read costs less than a write that all processors see.
    if (!opened) {
      opened = true;
    }
  }

  /** The loop was closed, as it should be. */
  void loopWasClosed() {
    closed = true;
    resources.clear();
    if (registration != null) {
      registration.clean();
    }
  }

  /** On the cleaner's thread. */
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
