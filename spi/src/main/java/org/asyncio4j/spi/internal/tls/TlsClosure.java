package org.asyncio4j.spi.internal.tls;

import javax.net.ssl.SSLHandshakeException;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsTruncationException;
import org.jspecify.annotations.Nullable;

/** The end of a connection: how the transport below is closed, the deadline, and the reason. */
final class TlsClosure {

  private final TlsMachine machine;
  private final TlsOptions options;
  private final Deadline deadline;
  private @Nullable Throwable reason;

  TlsClosure(EventLoop loop, TlsMachine machine, TlsOptions options) {
    this.machine = machine;
    this.options = options;
    this.deadline = new Deadline(loop);
  }

  /** {@return the reason why the connection ends, if the transport below does not know it} */
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

  /**
   * Returns whether to wait for the peer; otherwise the connection ends once everything was sent.
   */
  boolean waitsForThePeer() {
    return !options.shutdownLimit().isZero();
  }

  /** Called when nothing is left to send or to wait for. */
  void ended(Transport below, boolean made) {
    if (!made && reason == null) {
      reason =
          new SSLHandshakeException("cannot complete the TLS handshake: the peer has ended TLS");
    }
    machine.abandon();
    below.close();
  }

  /** Called when the transport below has ended and all earlier data was processed. */
  void endedBelow(Transport below, boolean made, Context context) {
    switch (machine.state()) {
      case HANDSHAKING ->
          failed(
              below,
              new SSLHandshakeException(
                  "cannot complete the TLS handshake: the peer has closed the connection"),
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

  /** Called when the connection cannot continue and the alert for the peer was written. */
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
