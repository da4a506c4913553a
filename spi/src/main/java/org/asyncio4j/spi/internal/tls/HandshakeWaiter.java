package org.asyncio4j.spi.internal.tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.jspecify.annotations.Nullable;

/** Who waits for the handshake, if anybody does. */
final class HandshakeWaiter {

  private static final Logger LOGGER = System.getLogger("org.asyncio4j");

  private final EventLoop loop;
  private final Optional<Promise<@Nullable Void>> waiter;

  HandshakeWaiter(EventLoop loop, Optional<Promise<@Nullable Void>> waiter) {
    this.loop = loop;
    this.waiter = waiter;
  }

  boolean waits() {
    return waiter.filter(pending -> !pending.isDone()).isPresent();
  }

  void complete() {
    if (waits()) {
      waiter.orElseThrow().setResult(null);
    }
  }

  /** Fails the waiter; without one it is news for the log in debug mode, as any peer's fault. */
  void fail(@Nullable Throwable reason, TlsTransport transport) {
    Throwable why =
        reason == null ? new IOException("the connection was lost in the TLS handshake") : reason;
    if (waits()) {
      waiter.orElseThrow().setException(why);
    } else if (loop.isDebug()) {
      LOGGER.log(Level.DEBUG, () -> "TLS handshake failed on " + transport, why);
    }
  }
}
