package org.asyncio4j.sync;

import java.util.ArrayDeque;
import java.util.Collections;

/**
 * A queue that gives back first what was put last (asyncio, {@code LifoQueue}).
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
   * @param maxSize how many items it takes; as many as come if it is zero or less
   */
  public AsyncLifoQueue(int maxSize) {
    super(Collections.asLifoQueue(new ArrayDeque<>()), maxSize);
  }
}
