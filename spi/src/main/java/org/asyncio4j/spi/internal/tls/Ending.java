package org.asyncio4j.spi.internal.tls;

import javax.net.ssl.SSLHandshakeException;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsTruncationException;
import org.asyncio4j.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ends: in which way the transport below is closed, when at the latest, and why.
 */
final class Ending {

  private final TlsMachine machine;
  private final TlsOptions options;
  private final Deadline deadline;
  private @Nullable Throwable reason;

  Ending(EventLoop loop, TlsMachine machine, TlsOptions options) {
    this.machine = machine;
    this.options = options;
    this.deadline = new Deadline(loop);
  }

  /** {@return why the connection ends, if there is more to say than the transport below knows} */
  @Nullable Throwable reason() {
    return reason;
  }

  void limitHandshake(Transport below, Context context) {
    deadline.set(
        options.handshakeLimit(),
        () -> abort(below, Deadline.ofHandshake(options.handshakeLimit())),
        context);
  }

  void limitShutdown(Transport below, Context context) {
    deadline.set(
        options.shutdownLimit(),
        () -> abort(below, Deadline.ofShutdown(options.shutdownLimit())),
        context);
  }

  void lift() {
    deadline.cancel();
  }

  /** Whoever does not wait for the peer has ended once everything was said. */
  boolean waitsForThePeer() {
    return !options.shutdownLimit().isZero();
  }

  /** Everything was said. */
  void ended(Transport below, boolean made) {
    if (!made && reason == null) {
      reason = new SSLHandshakeException("the peer ended TLS in the handshake");
    }
    machine.abandon();
    below.close();
  }

  /** The transport below has ended, and all that came before is understood. */
  void endedBelow(Transport below, boolean made, Context context) {
    switch (machine.state()) {
      case HANDSHAKING ->
          failed(
              below,
              new SSLHandshakeException("the peer ended the connection in the TLS handshake"),
              context);
      case WRAPPED ->
          failed(
              below,
              new TlsTruncationException(
                  "the peer ended its stream without close_notify, so it may have been cut off"),
              context);
      case UNWRAPPED, FLUSHING, SHUTDOWN, CLOSED -> ended(below, made);
    }
  }

  /** The connection cannot go on; what the peer is to know of it was written. */
  void failed(Transport below, Throwable failure, Context context) {
    if (reason == null) {
      reason = failure;
    }
    machine.abandon();
    deadline.set(options.shutdownLimit(), below::abort, context);
    below.close();
  }

  void abort(Transport below, Throwable why) {
    reason = why;
    machine.abandon();
    below.abort();
  }
}
