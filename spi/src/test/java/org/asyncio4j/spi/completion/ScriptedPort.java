package org.asyncio4j.spi.completion;

import org.asyncio4j.core.EventLoop;

/**
 * A port that reports the results that the test sets, in its own callback: a busy loop skips a poll
 * now and then, which would make the ticks of a test uneven.
 */
final class ScriptedPort implements CompletionPort {

  int closes;
  private EventLoop loop;

  void serves(EventLoop served) {
    loop = served;
  }

  void report(Runnable report) {
    loop.callSoon(report);
  }

  @Override
  public void poll(long waitNanos) {}

  @Override
  public void wakeUp() {}

  @Override
  public void close() {
    closes++;
  }
}
