package org.asyncio4j.spi.internal.tls;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.internal.tls.TlsMachine.State;
import org.asyncio4j.spi.internal.tls.TlsMachine.Step;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of the transport below: drives the {@link TlsMachine} and carries out its steps.
 *
 * <p>A callback of the protocol above may park. {@code advancing} is true until it returns, so that
 * nothing is decrypted before that. Confined to the loop's thread.
 */
final class TlsConnection implements BufferedProtocol, Stepper.Driver {

  private final EventLoop loop;
  private final TlsMachine machine;
  private final TlsSetup setup;
  private final Application application;
  private final TlsInput incoming;
  private final TlsOutput outgoing;
  private final Stepper stepper;
  private final TlsClosure ending;
  private final HandshakeWaiter waiter;
  private final ReadControl reading;
  private final TlsTransport transport;
  private final BooleanSupplier wanted = this::wantsData;

  private @Nullable Transport below;
  private Context context;
  private @Nullable TlsInfo info;
  private boolean lost;
  private boolean belowHasEnded;
  private boolean tasksRun;
  private boolean advancing;
  private boolean again;

  TlsConnection(EventLoop loop, TlsBuffers buffers, TlsMachine machine, TlsSetup setup) {
    this.loop = loop;
    this.machine = machine;
    this.setup = setup;
    this.context = setup.context();
    this.application = new Application(loop, setup);
    this.incoming = new TlsInput(buffers);
    this.outgoing = new TlsOutput(machine, buffers);
    this.stepper = new Stepper(machine, buffers, incoming, outgoing);
    this.ending = new TlsClosure(loop, machine, setup.options());
    this.waiter = new HandshakeWaiter(loop, setup.waiter());
    this.reading = new ReadControl(incoming, application);
    this.transport = new TlsTransport(loop, this);
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

  /** Sets the transport below, which will call {@link #connectionMade}. */
  void attach(Transport made) {
    below = made;
    outgoing.attach(made);
  }

  /** Takes a transport over from another protocol, which has received a part of the TLS stream. */
  void takeOver(Transport existing, ByteBuffer received) {
    incoming.add(received); // first, because its memory may be freed later
    attach(existing);
    existing.pauseReading();
    existing.setProtocol(this);
    loop.callSoon(this::begin, context);
  }

  // Events of the transport below

  @Override
  public void connectionMade(Transport made) {
    if (below == null) {
      attach(made);
    }
    reading.begun();
    begin();
  }

  @Override
  public ByteBuffer getBuffer(int sizeHint) {
    return incoming.room();
  }

  @Override
  public void bufferUpdated(int byteCount) {
    incoming.added(byteCount);
    if (info == null && setup.former().isPresent()) {
      context = Context.copyCurrent(); // the context of the connection that was taken over
    }
    advance();
  }

  @Override
  public boolean eofReceived() {
    belowHasEnded = true;
    advance();
    // We close the transport, after the remaining data was delivered; a TLS transport below ignores
    // this result.
    return !lost && !(below instanceof TlsTransport);
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
    machine.abandon();
    lost = true;
    ending.lift();
    incoming.release();
    application.drop();
    Throwable why = ending.reason() == null ? exception : ending.reason();
    boolean shaking = info == null || waiter.waits();
    application.connectionLost(shaking ? waiter.fail(why, transport) : why);
  }

  // Requests of the transport above

  boolean isClosing() {
    State state = machine.state();
    return lost || state.compareTo(State.FLUSHING) >= 0 || (below != null && below.isClosing());
  }

  boolean isReading() {
    return !reading.isPaused() && !isClosing();
  }

  void pauseReading() {
    if (!isClosing()) {
      reading.setPaused(true);
      updateReading();
    }
  }

  void resumeReading() {
    if (reading.isPaused() && !isClosing()) {
      reading.setPaused(false);
      if (application.hasBacklog() || !incoming.isEmpty() || belowHasEnded) {
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
        ending.limitShutdown(below(), context);
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

  // Progress

  private void begin() {
    if (machine.state() != State.UNWRAPPED) {
      return; // closed in the meantime
    }
    ending.limitHandshake(below(), context);
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
      updateReading(); // a peer must not fill the memory while a callback is parked
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
    try {
      if (application.hasBacklog() && wantsData()) {
        application.deliverBacklog(wanted);
      }
      stepper.run(this);
    } catch (SSLException failure) {
      failed(failure);
    } catch (Application.CallFailed failure) {
      callFailed(failure);
    }
  }

  @Override
  public boolean carryOut(Step step, ByteBuffer plain) throws Application.CallFailed {
    switch (step) {
      case NEEDS_ROOM_FOR_CIPHERTEXT, NEEDS_ROOM_FOR_PLAINTEXT -> {}
      case PLAINTEXT -> application.deliver(plain.flip(), wanted);
      case HANDSHAKE_DONE -> handshakeDone();
      case PEER_CLOSED -> peerClosed();
      case NEEDS_TASKS -> runTasks();
      case NEEDS_PEER -> {
        if (belowHasEnded) {
          ending.endedBelow(below(), info != null, context);
        } else if (machine.state() == State.SHUTDOWN && !ending.waitsForThePeer()) {
          ending.ended(below(), info != null);
        }
        return true;
      }
      case ENDED -> {
        ending.ended(below(), info != null);
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean mayStep() {
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
    return !reading.isPaused()
        && !lost
        && application.listens()
        && machine.state() == State.WRAPPED;
  }

  private void runTasks() {
    tasksRun = true;
    EngineTasks.run(
        loop,
        machine::runTasks,
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
    ending.lift();
    info = TlsInfo.of(machine.engine(), machine.context());
    if (setup.former().isEmpty()) {
      application.connectionMade(transport);
      waiter.complete();
    } else {
      waiter.complete();
      loop.callSoon(this::handOver, context);
    }
  }

  /** Called right after the step of the waiting task, which may find that it was cancelled. */
  private void handOver() {
    if (!lost) {
      application.takeOver();
      advance();
    }
  }

  private void peerClosed() throws Application.CallFailed {
    if (machine.state() == State.WRAPPED) {
      application.eofReceived(transport);
      close();
    }
  }

  private void failed(Throwable failure) {
    ending.failed(below(), failure, context);
  }

  private void callFailed(Application.CallFailed failure) {
    application.report(
        requireNonNull(failure.getMessage(), "message"), failure.thrown(), transport);
    ending.abort(below(), failure.thrown());
  }

  /** Sends everything that can be sent at once, even while a callback is parked. */
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
    if (application.listens() && !lost) {
      outgoing.pace(application, transport, context);
    }
  }

  private void updateReading() {
    if (!lost && below != null) {
      reading.update(below, machine.state(), advancing || tasksRun);
    }
  }
}
