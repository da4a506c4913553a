package org.asyncio4j.spi.internal.cycle;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The queue through which other threads pass work to a loop. No wake-up is lost, because of this
 * order: the loop publishes that it is about to sleep, checks the queue once more, then sleeps; a
 * thread adds to the queue, then checks whether the loop sleeps.
 */
final class Inbox {

  private static final int CHUNK = 256;

  private final MpscUnboundedVarHandleArrayQueue<ReadyEntry> queue;
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final Runnable wakeUp;

  /** Creates an inbox that calls {@code wakeUp} once for each sleep that it has to end. */
  Inbox(Runnable wakeUp) {
    this(wakeUp, new MpscUnboundedVarHandleArrayQueue<>(CHUNK));
  }

  Inbox(Runnable wakeUp, MpscUnboundedVarHandleArrayQueue<ReadyEntry> queue) {
    this.wakeUp = wakeUp;
    this.queue = queue;
  }

  /** Adds an entry. Callable from any thread. */
  void add(ReadyEntry entry) {
    queue.offer(entry);
    if (asleep.get() && asleep.getAndSet(false)) {
      wakeUp.run();
    }
  }

  /** Publishes that the loop is about to sleep. Returns whether it may. */
  boolean mayNowSleep() {
    asleep.set(true);
    if (queue.isEmpty()) {
      return true;
    }
    asleep.set(false);
    return false;
  }

  /** Notes that the loop no longer sleeps. */
  void awake() {
    if (asleep.get()) {
      asleep.set(false);
    }
  }

  /** Takes an entry. Called only on the loop's thread. */
  @Nullable ReadyEntry poll() {
    return queue.relaxedPoll();
  }

  /**
   * Drops all entries because the loop has closed, including those behind an entry that another
   * thread is still adding.
   */
  void clear() {
    for (ReadyEntry entry = queue.poll(); entry != null; entry = queue.poll()) {
      entry.drop();
    }
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }
}
