package org.asyncio4j.internal.bootstrap;

import org.asyncio4j.core.Future;

/**
 * Internal; not for use outside asyncio4j. A future whose cancellation cancels, at once, the
 * futures that it waits for.
 */
public interface PassesCancellation {

  /** {@return the future that has the callbacks of this future's waiters} */
  Future<?> end();
}
