package org.asyncio4j.spi.internal.cycle;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.function.Supplier;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The failed futures of a loop whose exception was not retrieved. If such a future is
 * garbage-collected, that is reported (asyncio, "exception was never retrieved"): by the loop while
 * it runs, by a cleaner once it is closed.
 *
 * <p>Confined to the loop's thread, where it takes no lock that a task could hold; this is why a
 * cleaner is not used from the start.
 */
public final class UnretrievedFailures {

  private final EventLoop loop;
  private final ReferenceQueue<Future<?>> collected = new ReferenceQueue<>();
  private final Supplier<Cleaner> cleaners;
  private volatile boolean closed;
  private @Nullable Entry head;

  public UnretrievedFailures(EventLoop loop) {
    this(loop, SharedCleaner::get);
  }

  /** Creates an object that requests a cleaner when it is closed, if one is needed. */
  public UnretrievedFailures(EventLoop loop, Supplier<Cleaner> cleaners) {
    this.loop = loop;
    this.cleaners = cleaners;
  }

  public Entry watch(
      Future<?> future, String description, Throwable failure, @Nullable Throwable createdAt) {
    Entry entry = new Entry(future, collected, description, failure, createdAt);
    if (closed) {
      leaveToCleaner(future, entry);
      return entry;
    }
    entry.next = head;
    if (head != null) {
      head.previous = entry;
    }
    head = entry;
    return entry;
  }

  public void retrieved(Entry entry) {
    entry.retrieved = true;
    unlink(entry);
  }

  /** Returns the report of a failure whose future was collected, {@code null} if there is none. */
  @Nullable ErrorReport pollReport() {
    if (head == null) {
      return null;
    }
    Reference<? extends Future<?>> reference = collected.poll();
    if (reference instanceof Entry entry && !entry.retrieved) {
      unlink(entry);
      return entry.report();
    }
    return null;
  }

  /** Passes the remaining failures to a cleaner. */
  public void close() {
    closed = true;
    for (Entry entry = head; entry != null; ) {
      Entry left = entry;
      // Several threads may use futures of a closed loop, so no entry may touch another.
      entry = left.next;
      left.previous = null;
      left.next = null;
      Future<?> future = left.get();
      if (future == null) {
        left.reportUnlessRetrieved(loop);
      } else {
        leaveToCleaner(future, left);
      }
    }
    head = null;
  }

  private void leaveToCleaner(Future<?> future, Entry entry) {
    EventLoop reporting = loop;
    Cleaner.Cleanable ignored =
        cleaners.get().register(future, () -> entry.reportUnlessRetrieved(reporting));
  }

  private void unlink(Entry entry) {
    if (entry.previous != null) {
      entry.previous.next = entry.next;
    } else if (head == entry) {
      head = entry.next;
    }
    if (entry.next != null) {
      entry.next.previous = entry.previous;
    }
    entry.previous = null;
    entry.next = null;
  }

  /** One failure. */
  public static final class Entry extends WeakReference<Future<?>> {

    private final String description;
    private final Throwable failure;
    private final @Nullable Throwable createdAt;
    private volatile boolean retrieved;
    private @Nullable Entry previous;
    private @Nullable Entry next;

    private Entry(
        Future<?> future,
        ReferenceQueue<Future<?>> queue,
        String description,
        Throwable failure,
        @Nullable Throwable createdAt) {
      super(future, queue);
      this.description = description;
      this.failure = failure;
      this.createdAt = createdAt;
    }

    private void reportUnlessRetrieved(EventLoop loop) {
      if (!retrieved) {
        loop.callExceptionHandler(report());
      }
    }

    private ErrorReport report() {
      return ErrorReport.of(description + " exception was never retrieved")
          .withException(failure)
          .withCreatedAt(createdAt);
    }
  }
}
