package org.asyncio4j.spi.internal.tls;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.TlsTruncationException;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.internal.tls.TlsMachine.State;
import org.asyncio4j.spi.internal.tls.TlsMachine.Step;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of the transport below: drives the {@link TlsMachine} and carries out its steps.
 *
 * <p>A callback of the protocol above may park. {@code advancing} is true until it returns, so that
 * nothing is decrypted meanwhile. All belongs to the loop's thread.
 */
final class TlsConnection implements BufferedProtocol {

  private static final Logger LOGGER = System.getLogger("org.asyncio4j");
  private final EventLoop loop;
  private final TlsBuffers buffers;
  private final TlsMachine machine;
  private final TlsSetup setup;
  private final Application application;
  private final Incoming incoming;
  private final Outgoing outgoing;
  private final Deadline deadline;
  private final TlsTransport transport;

  private @Nullable Transport below;
  private Context context;
  private @Nullable TlsInfo info;
  private @Nullable Throwable reason;
  private boolean made; // the protocol above knows of the connection
  private boolean lost;
  private boolean paused;
  private boolean readingBelow;
  private boolean belowHasEnded;
  private boolean tasksRun;
  private boolean advancing;
  private boolean again;

  TlsConnection(EventLoop loop, TlsBuffers buffers, TlsMachine machine, TlsSetup setup) {
    this.loop = loop;
    this.buffers = buffers;
    this.machine = machine;
    this.setup = setup;
    this.context = setup.context();
    this.application = new Application(loop, setup.protocol());
    this.incoming = new Incoming(buffers);
    this.outgoing = new Outgoing(machine, buffers);
    this.deadline = new Deadline(loop);
    this.transport = new TlsTransport(this);
  }

  TlsTransport transport() {
    return transport;
  }

  Application application() {
    return application;
  }

  Transport below() {
    return requireNonNull(below, "below");
  }

  boolean isAttached() {
    return below != null;
  }

  Optional<TlsInfo> info() {
    return Optional.ofNullable(info);
  }

  State state() {
    return machine.state();
  }

  /** The transport below is there, and will call {@link #connectionMade}. */
  void attach(Transport made) {
    below = made;
    outgoing.attach(made);
  }

  /** Takes a transport over from another protocol, which has heard some of the TLS stream. */
  void takeOver(Transport existing, ByteBuffer received) {
    attach(existing);
    existing.pauseReading();
    existing.setProtocol(this);
    incoming.add(received);
    loop.callSoon(this::begin, context);
  }

  // What the transport below says.

  @Override
  public void connectionMade(Transport made) {
    if (below == null) {
      attach(made);
    }
    readingBelow = true;
    begin();
  }

  @Override
  public ByteBuffer getBuffer(int sizeHint) {
    return incoming.room();
  }

  @Override
  public void bufferUpdated(int byteCount) {
    incoming.added(byteCount);
    if (!made && !setup.callsConnectionMade()) {
      context = Context.copyCurrent(); // that of the connection which was taken over
    }
    advance();
  }

  @Override
  public boolean eofReceived() {
    belowHasEnded = true;
    advance();
    return !lost; // it is closed by us, after what is left to deliver
  }

  @Override
  public void pauseWriting() {
    outgoing.belowIsFull(true);
    if (!outgoing.isWriting()) {
      pace();
    }
  }

  @Override
  public void resumeWriting() {
    outgoing.belowIsFull(false);
    pace();
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    boolean handshaking = !made || waits();
    machine.abandon();
    lost = true;
    deadline.cancel();
    incoming.release();
    application.drop();
    Throwable why = reason == null ? exception : reason;
    if (handshaking) {
      handshakeFailed(
          why == null ? new IOException("the connection was lost in the TLS handshake") : why);
    } else {
      application.protocol().connectionLost(why);
    }
  }

  // What the transport above asks for.

  boolean isClosing() {
    State state = machine.state();
    return lost || state.compareTo(State.FLUSHING) >= 0 || (below != null && below.isClosing());
  }

  boolean isReading() {
    return !paused && !isClosing();
  }

  void pauseReading() {
    if (!isClosing()) {
      paused = true;
      updateReading();
    }
  }

  void resumeReading() {
    if (paused && !isClosing()) {
      paused = false;
      if (application.hasBacklog() || !incoming.isEmpty()) {
        loop.callSoon(this::advance, context);
      } else {
        updateReading();
      }
    }
  }

  void write(ByteBuffer[] data) {
    if (lost || machine.state().compareTo(State.FLUSHING) >= 0) {
      return;
    }
    try {
      outgoing.write(data);
    } catch (SSLException failure) {
      failed(failure);
    }
    pace();
  }

  long writeBufferSize() {
    return outgoing.size();
  }

  void setWriteBufferLimits(WriteBufferLimits limits) {
    below().setWriteBufferLimits(limits);
    pace();
  }

  void close() {
    switch (machine.state()) {
      case UNWRAPPED, HANDSHAKING -> abort();
      case WRAPPED -> {
        machine.close();
        application.drop();
        deadline.set(setup.options().shutdownLimit(), this::shutdownTookTooLong, context);
        speak();
        advance();
      }
      case FLUSHING, SHUTDOWN, CLOSED -> {}
    }
  }

  void abort() {
    machine.abandon();
    if (below != null) {
      below.abort();
    }
  }

  // How it goes on.

  private void begin() {
    if (machine.state() != State.UNWRAPPED) {
      return; // closed meanwhile
    }
    deadline.set(setup.options().handshakeLimit(), this::handshakeTookTooLong, context);
    try {
      machine.begin();
    } catch (SSLException failure) {
      failed(failure);
    }
    advance();
  }

  /** Does all that can be done now. */
  private void advance() {
    if (advancing) {
      again = true;
      return;
    }
    advancing = true;
    try {
      do {
        again = false;
        takeSteps();
      } while (again && !lost);
    } finally {
      advancing = false;
    }
    incoming.settle();
    pace();
    updateReading();
  }

  private void takeSteps() {
    ByteBuffer out = buffers.take(machine.recordBytes());
    ByteBuffer plain = buffers.take(machine.plaintextBytes());
    try {
      if (application.hasBacklog() && wantsData()) {
        application.deliverBacklog(this::wantsData);
      }
      while (mayStep()) {
        Step step = machine.next(incoming.unread(), plain, out);
        out = outgoing.sendAndRenew(out);
        if (step == Step.NEEDS_ROOM_FOR_PLAINTEXT) {
          plain = buffers.take(Math.max(machine.plaintextBytes(), plain.capacity() * 2));
        } else if (carryOut(step, plain)) {
          break;
        }
        plain.clear();
      }
    } catch (SSLException failure) {
      machine.alert(out);
      out = outgoing.sendAndRenew(out);
      failed(failure);
    } catch (Application.CallFailed failure) {
      callFailed(failure);
    } finally {
      buffers.giveBack(out);
      buffers.giveBack(plain);
    }
  }

  /** Answers whether that is all for now. */
  private boolean carryOut(Step step, ByteBuffer plain) throws Application.CallFailed {
    switch (step) {
      case NEEDS_ROOM_FOR_CIPHERTEXT, NEEDS_ROOM_FOR_PLAINTEXT -> {}
      case PLAINTEXT -> application.deliver(plain.flip(), this::wantsData);
      case HANDSHAKE_DONE -> handshakeDone();
      case PEER_CLOSED -> peerClosed();
      case NEEDS_TASKS -> runTasks();
      case NEEDS_PEER -> {
        if (belowHasEnded) {
          endedBelow();
        }
        finishIfSaid();
        return true;
      }
      case ENDED -> {
        ended();
        return true;
      }
    }
    return false;
  }

  private boolean mayStep() {
    if (lost || tasksRun) {
      return false;
    }
    return switch (machine.state()) {
      case UNWRAPPED, CLOSED -> false;
      case HANDSHAKING, FLUSHING, SHUTDOWN -> true;
      case WRAPPED -> wantsData() && !application.hasBacklog();
    };
  }

  private boolean wantsData() {
    return !paused && !lost && machine.state() == State.WRAPPED;
  }

  private void runTasks() {
    tasksRun = true;
    EngineTasks.run(
        loop,
        machine.engine(),
        context,
        thrown -> {
          tasksRun = false;
          if (thrown != null && !lost) {
            failed(thrown);
          }
          advance();
        });
  }

  private void handshakeDone() {
    deadline.cancel();
    info = TlsInfo.of(machine.engine(), setup.options().context());
    made = true;
    if (setup.callsConnectionMade()) {
      application.connectionMade(transport);
    }
    setup
        .waiter()
        .ifPresent(waiter -> {
          if (!waiter.isDone()) {
            waiter.setResult(null);
          }
        });
  }

  private void peerClosed() throws Application.CallFailed {
    if (machine.state() == State.WRAPPED) {
      if (application.eofReceived()) {
        LOGGER.log(
            Level.WARNING,
            () -> "eofReceived() returned true, but TLS cannot stay half-open: " + transport);
      }
      close();
    }
  }

  /** The transport below has ended, and all that came before is understood. */
  private void endedBelow() {
    switch (machine.state()) {
      case HANDSHAKING ->
          failed(new SSLHandshakeException("the peer ended the connection in the TLS handshake"));
      case WRAPPED ->
          failed(
              new TlsTruncationException(
                  "the peer ended its stream without close_notify, so what has arrived may be cut"
                      + " off"));
      case UNWRAPPED, FLUSHING, SHUTDOWN, CLOSED -> ended();
    }
  }

  /** Whoever does not wait for the peer is done once everything was said. */
  private void finishIfSaid() {
    if (machine.state() == State.SHUTDOWN && setup.options().shutdownLimit().isZero()) {
      ended();
    }
  }

  private void ended() {
    if (!made && reason == null) {
      reason = new SSLHandshakeException("the peer ended TLS in the handshake");
    }
    machine.abandon();
    below().close();
  }

  /** The connection cannot go on; what the peer is to know of it was written. */
  private void failed(Throwable failure) {
    if (reason == null) {
      reason = failure;
    }
    machine.abandon();
    deadline.set(setup.options().shutdownLimit(), () -> below().abort(), context);
    below().close();
  }

  private void callFailed(Application.CallFailed failure) {
    application.report(
        requireNonNull(failure.getMessage(), "message"), failure.thrown(), transport);
    reason = failure.thrown();
    abort();
  }

  private void handshakeTookTooLong() {
    reason = Deadline.ofHandshake(setup.options().handshakeLimit());
    abort();
  }

  private void shutdownTookTooLong() {
    reason = Deadline.ofShutdown(setup.options().shutdownLimit());
    abort();
  }

  private void handshakeFailed(Throwable why) {
    if (waits()) {
      setup.waiter().orElseThrow().setException(why);
    } else if (loop.isDebug()) {
      LOGGER.log(Level.DEBUG, () -> "TLS handshake failed on " + transport, why);
    }
  }

  private boolean waits() {
    return setup.waiter().filter(waiter -> !waiter.isDone()).isPresent();
  }

  /** Says what can be said at once, even while a callback is parked. */
  private void speak() {
    if (!tasksRun) {
      try {
        outgoing.speak();
      } catch (SSLException failure) {
        failed(failure);
      }
    }
  }

  private void pace() {
    if (made && !lost) {
      outgoing.pace(application, transport, context);
    }
  }

  private void updateReading() {
    if (lost || below == null || below.isClosing()) {
      return;
    }
    boolean wanted =
        switch (machine.state()) {
          case UNWRAPPED, HANDSHAKING -> !incoming.isFull() || !tasksRun;
          case WRAPPED -> !paused && !application.hasBacklog();
          case FLUSHING, SHUTDOWN -> true;
          case CLOSED -> false;
        };
    if (wanted != readingBelow) {
      readingBelow = wanted;
      if (wanted) {
        below.resumeReading();
      } else {
        below.pauseReading();
      }
    }
  }
}
