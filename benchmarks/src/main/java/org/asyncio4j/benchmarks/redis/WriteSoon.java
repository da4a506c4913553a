package org.asyncio4j.benchmarks.redis;

import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.stream.StreamWriter;

/**
 * Writes replies together. A callback writes them once the task waits, that is, once it has
 * executed all requests that had arrived.
 */
final class WriteSoon implements Runnable {

  private final EventLoop loop = Asyncio.runningLoop();
  private final LineSession session;
  private final StreamWriter writer;
  private boolean requested;

  WriteSoon(LineSession session, StreamWriter writer) {
    this.session = session;
    this.writer = writer;
  }

  /** Schedules a write, unless one is scheduled. */
  void request() {
    if (!requested) {
      requested = true;
      loop.callSoon(this);
    }
  }

  @Override
  public void run() {
    requested = false;
    writer.write(session.replies());
  }
}
