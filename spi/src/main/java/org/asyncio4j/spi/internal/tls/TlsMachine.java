package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.asyncio4j.net.tls.TlsConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one end of a TLS connection: bytes in, bytes out. It knows neither loop nor
 * transport and makes no calls; its caller carries out the {@link Step}s that it returns.
 */
final class TlsMachine {

  /** The state of the connection. */
  enum State {
    /** Nothing was sent or received yet. */
    UNWRAPPED,
    HANDSHAKING,
    /** Data flows in both directions. */
    WRAPPED,
    /** This end has closed, and still has to send earlier writes. */
    FLUSHING,
    /** Our {@code close_notify} was created; received data is dropped until that of the peer. */
    SHUTDOWN,
    CLOSED
  }

  /** The action that is needed before the machine can continue. */
  enum Step {
    /** More data from the peer is needed. */
    NEEDS_PEER,
    /** {@link #runTasks} must be called. */
    NEEDS_TASKS,
    /** The buffer for ciphertext must be sent. */
    NEEDS_ROOM_FOR_CIPHERTEXT,
    /** The buffer for plaintext must be larger. */
    NEEDS_ROOM_FOR_PLAINTEXT,
    /** The buffer for plaintext must be delivered. */
    PLAINTEXT,
    /** The first handshake is done. Returned once. */
    HANDSHAKE_DONE,
    /** The peer has sent its {@code close_notify} before this end. Returned once. */
    PEER_CLOSED,
    /** Both ends have closed. */
    ENDED
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final TlsEngines engines;
  private final HandshakeLimits limits = new HandshakeLimits();
  private final ArrayDeque<ByteBuffer> pending = new ArrayDeque<>(2);
  private long pendingBytes;
  private SSLEngine engine;
  private State state = State.UNWRAPPED;
  private boolean peerClosed;
  private @Nullable SSLHandshakeException refusal; // by this end, until the tasks have run

  TlsMachine(TlsEngines engines) {
    this.engines = engines;
    this.engine = engines.engine();
  }

  State state() {
    return state;
  }

  SSLEngine engine() {
    return engine;
  }

  Optional<SSLContext> context() {
    return engines.context();
  }

  /** {@return the number of written bytes that cannot be encrypted yet} */
  long pendingBytes() {
    return pendingBytes;
  }

  /** {@return the room that one record may need} */
  int recordBytes() {
    return engine.getSession().getPacketBufferSize();
  }

  /** {@return the room that the plaintext of one record may need} */
  int plaintextBytes() {
    return engine.getSession().getApplicationBufferSize();
  }

  /**
   * Begins the handshake.
   *
   * @throws SSLException if the engine cannot begin it
   */
  void begin() throws SSLException {
    state = State.HANDSHAKING;
    engine.beginHandshake();
  }

  /**
   * Continues until an action is needed.
   *
   * @param in the bytes received from the peer; processed bytes are consumed
   * @param plain an empty buffer for the plaintext of a record
   * @param out a buffer for output to the peer; any step may fill it
   * @return the action that is needed
   * @throws SSLException if the peer violates the protocol or is not trusted; see {@link #alert}
   */
  Step next(ByteBuffer in, ByteBuffer plain, ByteBuffer out) throws SSLException {
    if (refusal != null) {
      throw engines.explained(refusal);
    }
    try {
      return advance(in, plain, out);
    } catch (SSLException failure) {
      // The engine has an alert to send, unless the failure is an alert of the peer.
      if (state != State.HANDSHAKING || engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
        throw failure;
      }
      if (failure instanceof SSLHandshakeException refused && engines.mustAsk()) {
        refusal = refused;
        return Step.NEEDS_TASKS;
      }
      throw explained(failure);
    }
  }

  /**
   * Runs the delegated tasks of the engine, or determines why this end has rejected the peer.
   * Either may take a while. Callable from any thread, while no other method that makes progress is
   * called.
   *
   * @return true
   */
  boolean runTasks() {
    return refusal == null ? EngineTasks.runAll(engine) : engines.ask();
  }

  /** {@return a failure of the engine that says which end is at fault} */
  private static SSLException explained(SSLException failure) {
    // The engine throws this if code that it calls throws, and subclasses for malformed messages.
    return failure.getClass() == SSLException.class
            && failure.getCause() instanceof RuntimeException thrown
        ? managerFailed(thrown)
        : failure;
  }

  /** {@return the failure of a connection whose key manager or trust manager has thrown} */
  static TlsConfigurationException managerFailed(Throwable thrown) {
    return new TlsConfigurationException(
        "cannot speak TLS: a key manager or trust manager of the context has failed", thrown);
  }

  private Step advance(ByteBuffer in, ByteBuffer plain, ByteBuffer out) throws SSLException {
    while (state != State.CLOSED) {
      @Nullable Step step = speak(out);
      if (step == Step.NEEDS_PEER) {
        step = listen(in, plain);
      }
      if (step != null) {
        return step;
      }
    }
    return Step.ENDED;
  }

  /**
   * Produces output that needs no input: replies, data that could not be encrypted earlier, {@code
   * close_notify}.
   *
   * @param out a buffer for output to the peer
   * @return {@link Step#NEEDS_PEER} if nothing is left to send for now
   * @throws SSLException if the engine fails
   */
  Step speak(ByteBuffer out) throws SSLException {
    @Nullable Step step = null;
    while (step == null && state != State.CLOSED) {
      step =
          switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> Step.NEEDS_TASKS;
            case NEED_WRAP -> answer(out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> flush(out);
          };
    }
    return step == null ? Step.NEEDS_PEER : step;
  }

  /**
   * Encrypts as much data as there is room for.
   *
   * @param data the data; encrypted bytes are consumed
   * @param out a buffer for output to the peer
   * @return whether more could be encrypted with more room; otherwise the rest must be {@linkplain
   *     #keep kept}
   * @throws SSLException if the engine fails
   */
  boolean encrypt(ByteBuffer[] data, ByteBuffer out) throws SSLException {
    if (pendingBytes > 0 || !mayEncrypt()) {
      return false;
    }
    return wrap(data, out);
  }

  /** Keeps a copy of data until it can be encrypted. */
  void keep(ByteBuffer data) {
    if (data.hasRemaining() && state != State.CLOSED) {
      ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
      pending.addLast(copy);
      pendingBytes += copy.remaining();
    }
    data.position(data.limit());
  }

  /** Closes our direction: pending data is still sent, then {@code close_notify}. */
  void close() {
    switch (state) {
      case UNWRAPPED, HANDSHAKING -> abandon();
      case WRAPPED -> state = State.FLUSHING;
      case FLUSHING, SHUTDOWN, CLOSED -> {}
    }
  }

  /** Stops sending and receiving. */
  void abandon() {
    state = State.CLOSED;
    pending.clear();
    pendingBytes = 0;
  }

  /**
   * Ends the connection after a failure, with an alert for the peer if there is room.
   *
   * @param out a buffer for output to the peer
   */
  void alert(ByteBuffer out) {
    abandon();
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
          && out.remaining() >= recordBytes()
          && engine.wrap(NOTHING, out).bytesProduced() > 0) {}
    } catch (SSLException said) {
      // This is the failure that is already known.
    }
  }

  private boolean mayEncrypt() {
    return state == State.WRAPPED || state == State.FLUSHING;
  }

  /** Produces output that the protocol requires. Returns {@code null} to continue. */
  private @Nullable Step answer(ByteBuffer out) throws SSLException {
    if (out.remaining() < recordBytes()) {
      return Step.NEEDS_ROOM_FOR_CIPHERTEXT;
    }
    SSLEngineResult result = engine.wrap(NOTHING, out);
    if (isHandshakeDone(result)) {
      return Step.HANDSHAKE_DONE;
    }
    return result.bytesProduced() == 0 ? Step.NEEDS_PEER : null;
  }

  /** Encrypts written data, then {@code close_notify}. Returns {@code null} to continue. */
  private @Nullable Step flush(ByteBuffer out) throws SSLException {
    if (!mayEncrypt()) {
      return Step.NEEDS_PEER;
    }
    if (pendingBytes > 0) {
      if (out.remaining() < recordBytes()) {
        return Step.NEEDS_ROOM_FOR_CIPHERTEXT;
      }
      return encryptPending(out) ? null : Step.NEEDS_PEER;
    }
    if (state == State.WRAPPED) {
      return Step.NEEDS_PEER;
    }
    state = State.SHUTDOWN;
    engine.closeOutbound();
    return null;
  }

  /** Processes input. Returns {@code null} to continue. */
  private @Nullable Step listen(ByteBuffer in, ByteBuffer plain) throws SSLException {
    if (engine.isInboundDone()) {
      return ended();
    }
    if (!engines.decide(in)) {
      return Step.NEEDS_PEER;
    }
    engine = engines.engine();
    int start = plain.position();
    SSLEngineResult result = unwrap(in, plain);
    if (isHandshakeDone(result)) {
      return Step.HANDSHAKE_DONE;
    }
    if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
      return Step.NEEDS_PEER;
    }
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      return Step.NEEDS_ROOM_FOR_PLAINTEXT;
    }
    if (result.bytesProduced() > 0) {
      if (state == State.WRAPPED) {
        return Step.PLAINTEXT;
      }
      plain.position(start); // we have closed
    }
    return result.bytesConsumed() == 0 && isIdle() ? Step.NEEDS_PEER : null;
  }

  private SSLEngineResult unwrap(ByteBuffer in, ByteBuffer plain) throws SSLException {
    if (state != State.HANDSHAKING) {
      return engine.unwrap(in, plain);
    }
    try {
      limits.note(in);
    } catch (SSLException refusal) {
      engine.closeOutbound(); // so that there is an alert for the peer
      throw refusal;
    }
    SSLEngineResult result = engine.unwrap(in, plain);
    if (result.bytesConsumed() > 0) {
      limits.consumed();
    }
    return result;
  }

  private Step ended() {
    if (state == State.HANDSHAKING || state == State.SHUTDOWN) {
      abandon();
      return Step.ENDED;
    }
    if (!peerClosed) {
      peerClosed = true;
      return Step.PEER_CLOSED;
    }
    return Step.NEEDS_PEER;
  }

  private boolean isIdle() {
    return switch (engine.getHandshakeStatus()) {
      case NEED_TASK, NEED_WRAP, NEED_UNWRAP_AGAIN -> false;
      case NEED_UNWRAP, NOT_HANDSHAKING, FINISHED -> !engine.isInboundDone();
    };
  }

  private boolean isHandshakeDone(SSLEngineResult result) {
    if (state == State.HANDSHAKING && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
      state = State.WRAPPED;
      engines.finished();
      return true;
    }
    return false;
  }

  private boolean encryptPending(ByteBuffer out) throws SSLException {
    long before = pendingBytes;
    boolean more = wrap(pending.toArray(ByteBuffer[]::new), out);
    while (!pending.isEmpty() && !pending.getFirst().hasRemaining()) {
      ByteBuffer ignored = pending.removeFirst();
    }
    pendingBytes = pending.stream().mapToLong(ByteBuffer::remaining).sum();
    return more || pendingBytes < before;
  }

  private boolean wrap(ByteBuffer[] data, ByteBuffer out) throws SSLException {
    while (hasRemaining(data)) {
      if (out.remaining() < recordBytes()) {
        return true;
      }
      SSLEngineResult result = engine.wrap(data, out);
      if (result.getStatus() == Status.CLOSED) {
        for (ByteBuffer dropped : data) {
          dropped.position(dropped.limit());
        }
      } else if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
        return false;
      }
    }
    return true;
  }

  /** {@return whether any of several buffers has bytes left} */
  static boolean hasRemaining(ByteBuffer[] data) {
    for (ByteBuffer buffer : data) {
      if (buffer.hasRemaining()) {
        return true;
      }
    }
    return false;
  }
}
