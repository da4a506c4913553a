package org.asyncio4j.sync;

/** A lock or permit that a {@link Hold} releases. */
interface Releasable {

  void release();
}
