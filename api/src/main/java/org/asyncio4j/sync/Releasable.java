package org.asyncio4j.sync;

/** What a {@link Hold} gives back. */
interface Releasable {

  void release();
}
