package org.asyncio4j.sync;

import java.util.ArrayDeque;
import java.util.Collections;

/**
 * A queue that returns the most recent item first (asyncio, {@code LifoQueue}).
 *
 * @param <T> the type of the items
 */
public final class AsyncLifoQueue<T> extends AsyncQueue<T> {

  /** Creates a queue that is never full. */
  public AsyncLifoQueue() {
    this(0);
  }

  /**
   * Creates a queue.
   *
   * @param maxSize the capacity; unlimited if it is zero or less
   */
  public AsyncLifoQueue(int maxSize) {
    super(Collections.asLifoQueue(new ArrayDeque<>()), maxSize);
  }
}
