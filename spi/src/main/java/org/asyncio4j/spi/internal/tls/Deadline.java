package org.asyncio4j.spi.internal.tls;

import java.time.Duration;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.core.TimerHandle;
import org.jspecify.annotations.Nullable;

/** The time limit of a connection, at most one at a time. */
final class Deadline {

  private final EventLoop loop;
  private @Nullable TimerHandle timer;

  Deadline(EventLoop loop) {
    this.loop = loop;
  }

  /** Replaces the limit; zero means none. */
  void set(Duration limit, Runnable expiry, Context context) {
    cancel();
    if (!limit.isZero()) {
      timer = loop.callLater(limit, expiry, context);
    }
  }

  void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  static TimeoutException ofHandshake(Duration limit) {
    return new TimeoutException(
        "TLS handshake is taking longer than %s: aborting the connection".formatted(limit));
  }

  static TimeoutException ofShutdown(Duration limit) {
    return new TimeoutException(
        "TLS shutdown took longer than %s: the peer has not sent close_notify, or does not read"
            .formatted(limit));
  }
}
