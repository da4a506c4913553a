package org.asyncio4j.spi.internal.tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.TlsConfigurationException;
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

  /**
   * Fails the waiter. Without one it is news for the log in debug mode, as any peer's fault, unless
   * it is a mistake of this end: nobody else would hear of that.
   *
   * @return what the connection was lost with for all who are notified
   */
  @Nullable Throwable fail(@Nullable Throwable reason, TlsTransport transport) {
    if (waits()) {
      IOException failure = lossOf(reason);
      waiter.orElseThrow().setException(failure);
      return failure;
    }
    if (reason instanceof TlsConfigurationException) {
      loop.callExceptionHandler(
          ErrorReport.of("A TLS handshake failed because of this end")
              .withException(reason)
              .withTransport(transport));
    } else {
      LOGGER.log(Level.DEBUG, () -> "TLS handshake failed on " + transport, lossOf(reason));
    }
    return reason;
  }

  /** {@return what a handshake fails with if the connection is lost with a reason, if any} */
  static IOException lossOf(@Nullable Throwable reason) {
    return reason instanceof IOException known
        ? known
        : new IOException("cannot speak TLS: the connection was lost in the handshake", reason);
  }
}
