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
import org.asyncio4j.net.TlsConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TLS connection: bytes in, bytes out, and what follows from them. It knows neither
 * loop nor transport and calls nobody; whoever drives it carries out the {@link Step} that it
 * answers.
 */
final class TlsMachine {

  /** What the connection is at. */
  enum State {
    /** Nothing was said yet. */
    UNWRAPPED,
    HANDSHAKING,
    /** Data goes both ways. */
    WRAPPED,
    /** We have closed, and still have to send what was written before. */
    FLUSHING,
    /** Our {@code close_notify} is made; what comes is dropped until that of the peer. */
    SHUTDOWN,
    CLOSED
  }

  /** What has to be done before the machine can go on. */
  enum Step {
    /** More has to come from the peer. */
    NEEDS_PEER,
    /** {@link #runTasks} has to be called. */
    NEEDS_TASKS,
    /** What is in the buffer for ciphertext has to be sent. */
    NEEDS_ROOM_FOR_CIPHERTEXT,
    /** The buffer for plaintext has to be larger. */
    NEEDS_ROOM_FOR_PLAINTEXT,
    /** What is in the buffer for plaintext has to be delivered. */
    PLAINTEXT,
    /** The first handshake is done. Said once. */
    HANDSHAKE_DONE,
    /** The peer has sent its {@code close_notify} before we did. Said once. */
    PEER_CLOSED,
    /** Both ends have said their last word. */
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

  /** {@return how many bytes were written and cannot be encrypted yet} */
  long pendingBytes() {
    return pendingBytes;
  }

  /** {@return how much room one record may need} */
  int recordBytes() {
    return engine.getSession().getPacketBufferSize();
  }

  /** {@return how much room the plaintext of one record may need} */
  int plaintextBytes() {
    return engine.getSession().getApplicationBufferSize();
  }

  /**
   * Begins the handshake.
   *
   * @throws SSLException if the engine cannot
   */
  void begin() throws SSLException {
    state = State.HANDSHAKING;
    engine.beginHandshake();
  }

  /**
   * Goes on until something has to be done.
   *
   * @param in what has come from the peer; what was understood is taken
   * @param plain an empty buffer for the plaintext of a record
   * @param out a buffer for what the peer is to get; may be filled by any step
   * @return what has to be done
   * @throws SSLException if the peer breaks the protocol or is not trusted; {@link #alert} tells it
   */
  Step next(ByteBuffer in, ByteBuffer plain, ByteBuffer out) throws SSLException {
    if (refusal != null) {
      throw engines.explained(refusal);
    }
    try {
      return advance(in, plain, out);
    } catch (SSLException failure) {
      // The engine has an alert to send, unless the failure is itself an alert of the peer.
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
   * Runs the delegated tasks of the engine, or finds out why this end has refused the peer. Either
   * may take its time. On any thread, while nothing else is called that goes on.
   *
   * @return true
   */
  boolean runTasks() {
    return refusal == null ? EngineTasks.runAll(engine) : engines.ask();
  }

  /** {@return what to tell of a failure of the engine: whose mistake it is} */
  private static SSLException explained(SSLException failure) {
    // So it fails if what it calls throws; of messages that are malformed it throws subclasses.
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
   * Says what is to be said without having heard anything: answers, data that could not be
   * encrypted before, {@code close_notify}.
   *
   * @param out a buffer for what the peer is to get
   * @return {@link Step#NEEDS_PEER} if nothing is left to say for now
   * @throws SSLException if the engine refuses
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
   * Encrypts data, as much as there is room for.
   *
   * @param data the data; what was encrypted is taken
   * @param out a buffer for what the peer is to get
   * @return whether more could be encrypted if there were more room; otherwise the rest is to be
   *     {@linkplain #keep kept}
   * @throws SSLException if the engine refuses
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

  /** Ends our half: what is pending is still sent, then {@code close_notify}. */
  void close() {
    switch (state) {
      case UNWRAPPED, HANDSHAKING -> abandon();
      case WRAPPED -> state = State.FLUSHING;
      case FLUSHING, SHUTDOWN, CLOSED -> {}
    }
  }

  /** Says nothing more, and listens no more. */
  void abandon() {
    state = State.CLOSED;
    pending.clear();
    pendingBytes = 0;
  }

  /**
   * Ends it after a failure, and tells the peer why, as far as there is room.
   *
   * @param out a buffer for what the peer is to get
   */
  void alert(ByteBuffer out) {
    abandon();
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
          && out.remaining() >= recordBytes()
          && engine.wrap(NOTHING, out).bytesProduced() > 0) {}
    } catch (SSLException said) {
      // It is the failure that we know of already.
    }
  }

  private boolean mayEncrypt() {
    return state == State.WRAPPED || state == State.FLUSHING;
  }

  /** Says what the protocol demands; {@code null} to go on. */
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

  /** Says what was written, and that it was all; {@code null} to go on. */
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

  /** Answers {@code null} to go on. */
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
      engine.closeOutbound(); // so that there is something to tell the peer
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

  /** {@return whether there is something in any of several buffers} */
  static boolean hasRemaining(ByteBuffer[] data) {
    for (ByteBuffer buffer : data) {
      if (buffer.hasRemaining()) {
        return true;
      }
    }
    return false;
  }
}
