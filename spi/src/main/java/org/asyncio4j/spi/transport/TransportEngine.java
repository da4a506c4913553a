package org.asyncio4j.spi.transport;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.ReadTransport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.RunningLoop;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.internal.family.SocketFamilies;
import org.jspecify.annotations.Nullable;

/**
 * The common part of both kinds of transport: the protocol and its context, reading, flow control
 * of writing, reports, and the end of a connection.
 *
 * @param <P> the kind of protocol
 */
abstract sealed class TransportEngine<P extends BaseProtocol>
    implements ReadTransport, TransportEvents permits StreamEngine, DatagramEngine {

  final ConnectionState state = new ConnectionState();
  private final BaseEventLoop loop;
  private final OpenSockets openSockets;
  private final SocketHandle socket;
  private final Context context;
  private final FlowControl flow = new FlowControl();
  private P protocol;

  TransportEngine(
      BaseEventLoop loop,
      TransportResources resources,
      SocketHandle socket,
      Context context,
      P protocol) {
    this.loop = loop;
    this.openSockets = resources.openSockets();
    this.socket = socket;
    this.context = context;
    this.protocol = protocol;
  }

  /** {@return the gate for data from the peer} */
  abstract ReadGate gate();

  /** {@return the extra information about the connection} */
  abstract ConnectionInfo info();

  /** {@return a protocol of the right kind} */
  abstract P requireProtocol(BaseProtocol changed);

  /** Calls {@code connectionMade}. */
  abstract void connectionMade();

  /** Drops unwritten data and ends all I/O. May be called more than once. */
  abstract void discard();

  /** Called before the protocol is notified of the loss, and again before the socket is closed. */
  void beforeClose() {}

  /** Called once the protocol was notified of the loss and the socket is closed. */
  void afterClose() {}

  /** Claims the socket, then schedules {@code connectionMade}, reading and the waiter, in order. */
  final void open(Optional<Promise<@Nullable Void>> waiter) {
    openSockets.claim(socket, this::release);
    opened();
    callSoon(this::begin);
    if (waiter.isPresent()) {
      Promise<@Nullable Void> waiting = waiter.get();
      callSoon(() -> waiting.trySetResult(null));
    }
  }

  /** Called once the socket belongs to this transport. */
  void opened() {}

  @Override
  public final boolean isClosing() {
    return state.isClosing();
  }

  @Override
  public final boolean isReading() {
    return gate().isReading();
  }

  @Override
  public final void pauseReading() {
    ensureOwner("Transport.pauseReading");
    gate().pause();
  }

  @Override
  public final void resumeReading() {
    ensureOwner("Transport.resumeReading");
    gate().resume();
  }

  /** {@return the number of bytes that wait to be written} */
  public abstract long writeBufferSize();

  /** {@return the limits of the write buffer} */
  public final WriteBufferLimits writeBufferLimits() {
    return flow.limits();
  }

  /**
   * Sets the limits of the write buffer.
   *
   * @param limits the limits
   */
  public final void setWriteBufferLimits(WriteBufferLimits limits) {
    ensureOwner("Transport.setWriteBufferLimits");
    flow.setLimits(requireNonNull(limits, "limits"));
    pauseIfFull();
  }

  @Override
  public final P protocol() {
    return protocol;
  }

  @Override
  public final void setProtocol(BaseProtocol changed) {
    ensureOwner("Transport.setProtocol");
    protocol = requireProtocol(requireNonNull(changed, "protocol"));
  }

  @Override
  public final <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    return info().find(requireNonNull(key, "key"));
  }

  final BaseEventLoop loop() {
    return loop;
  }

  /** Schedules a callback in the context of the transport. */
  final void callSoon(Runnable callback) {
    var _ = loop.callSoon(callback, context);
  }

  final void ensureOwner(String operation) {
    RunningLoop.ensureOwner(loop, operation);
  }

  final void require(Capability capability, String operation) {
    SocketFamilies.require(loop.capabilities(), capability, operation);
  }

  /** Calls the protocol from a method of the transport, whose caller has its own context. */
  final void callOutside(Runnable call) {
    // Uses a copy, because the caller may be in the same context, which cannot be entered twice.
    boolean ignored =
        context
            .copy()
            .run(() -> {
              call.run();
              return true;
            });
  }

  /** Pauses the protocol if the write buffer exceeds its limits. */
  final void pauseIfFull() {
    if (flow.pausesAt(writeBufferSize())) {
      P paused = protocol;
      callOutside(() -> tell("protocol.pauseWriting() failed", paused::pauseWriting));
    }
  }

  /** Resumes the protocol, unless it has closed its transport and so has nothing more to write. */
  final void resumeIfDrained() {
    if (!state.isClosing() && flow.resumesAt(writeBufferSize())) {
      tell("protocol.resumeWriting() failed", protocol::resumeWriting);
    }
  }

  /** Calls the protocol. An exception is reported, and the connection stays open. */
  final void tell(String message, Runnable call) {
    try {
      call.run();
    } catch (Throwable thrown) {
      report(message, thrown);
    }
  }

  /** Reports a failure that the connection survives. */
  final void report(String message, Throwable failure) {
    loop.callExceptionHandler(
        ErrorReport.of(message).withException(failure).withProtocol(protocol).withTransport(this));
  }

  /** Ends the connection: I/O at once, everything else in a separate callback. */
  final void loseSoon(@Nullable Throwable reason) {
    discard();
    callSoon(() -> loseNow(reason));
  }

  final void loseNow(@Nullable Throwable reason) {
    beforeClose();
    try {
      protocol.connectionLost(reason);
    } finally {
      release();
      afterClose();
    }
  }

  private void begin() {
    try {
      connectionMade();
    } finally {
      gate().leave();
    }
  }

  private void release() {
    boolean ignored = state.lose();
    discard();
    beforeClose();
    socket.close();
    openSockets.remove(socket);
  }
}
