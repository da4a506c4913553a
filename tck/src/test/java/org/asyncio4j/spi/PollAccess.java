package org.asyncio4j.spi;

import java.io.IOException;

/** Lets mutants do to a loop what only the framework does. */
public final class PollAccess {

  private PollAccess() {}

  /** Polls as the framework does. */
  public static void poll(BaseEventLoop loop) throws IOException {
    loop.hooks().poll(0);
  }

  /** Hands requests over as the framework does. */
  public static void flush(BaseEventLoop loop, boolean last) throws IOException {
    loop.hooks().flush(last);
  }

  /** Has the next run, and each one after it, poll on a thread of its own. */
  public static void endPollThread(BaseEventLoop loop) {
    loop.core().engine().pollThread().close();
  }
}
