package org.asyncio4j.spi.internal.tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.tls.TlsConfigurationException;
import org.jspecify.annotations.Nullable;

/** The future that waits for the handshake, if there is one. */
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
   * Fails the waiter. Without a waiter, the failure is logged at level DEBUG, like any fault of a
   * peer; a mistake of this end is reported, because it would otherwise go unnoticed.
   *
   * @return the reason for the loss, for all protocols that are notified
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

  /**
   * {@return the exception with which a handshake fails if the connection is lost, with its reason
   * if there is one}
   */
  static IOException lossOf(@Nullable Throwable reason) {
    return reason instanceof IOException known
        ? known
        : new IOException("cannot complete the TLS handshake: the connection was lost", reason);
  }
}
