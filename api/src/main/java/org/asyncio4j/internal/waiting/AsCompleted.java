package org.asyncio4j.internal.waiting;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they complete (asyncio, {@code _AsCompletedIterator}).
 *
 * @param <T> the type of the futures' values
 */
final class AsCompleted<T extends @Nullable Object> implements Iterator<Future<T>> {

  private final EventLoop loop;
  private final Deque<Future<T>> done = new ArrayDeque<>();
  private final Deque<Promise<@Nullable Void>> waiters = new ArrayDeque<>();
  private int unclaimed;

  private AsCompleted(EventLoop loop, int count) {
    this.loop = loop;
    this.unclaimed = count;
  }

  /**
   * Starts to record the order in which futures complete.
   *
   * @param given the futures
   * @param <T> the type of their values
   * @return an iterable whose iterator suspends the task that requests the next future; always the
   *     same iterator
   */
  static <T extends @Nullable Object> Iterable<Future<T>> of(
      Collection<? extends Future<? extends T>> given) {
    FuturesOfOneLoop<T> all = FuturesOfOneLoop.of(given);
    Future<?> awaiter = all.currentTask("asCompleted");
    List<Future<T>> distinct = all.distinct();
    AsCompleted<T> iterator = new AsCompleted<>(all.loop(), distinct.size());
    List<Future<T>> notDone = distinct.stream().filter(future -> !future.isDone()).toList();
    distinct.stream().filter(Future::isDone).forEach(iterator.done::add);
    new Watch<>(awaiter, iterator::completed).start(notDone);
    return () -> iterator;
  }

  @Override
  public boolean hasNext() {
    return unclaimed > 0;
  }

  @Override
  public Future<T> next() {
    if (unclaimed == 0) {
      throw new NoSuchElementException(
          "cannot return another future: all have been returned; check hasNext() first");
    }
    unclaimed--;
    boolean answered = false;
    try {
      while (done.isEmpty()) {
        waitForOne();
      }
      answered = true;
      return done.remove();
    } finally {
      if (!answered) {
        unclaimed++;
        // This task was cancelled: the future that was meant for it goes to another.
        wakeOne();
      }
    }
  }

  private void waitForOne() {
    Promise<@Nullable Void> waiter = loop.createFuture();
    waiters.add(waiter);
    try {
      waiter.await();
    } finally {
      waiters.remove(waiter);
    }
  }

  private void completed(Future<T> future) {
    done.add(future);
    wakeOne();
  }

  private void wakeOne() {
    if (done.isEmpty()) {
      return;
    }
    for (Promise<@Nullable Void> waiter : waiters) {
      if (waiter.trySetResult(null)) {
        return;
      }
    }
  }
}
