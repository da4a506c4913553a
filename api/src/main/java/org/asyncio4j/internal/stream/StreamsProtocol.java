package org.asyncio4j.internal.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Task;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.transport.QuietlyClosable;
import org.asyncio4j.internal.waiting.TaskCheck;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.tls.TlsConfigurationException;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamOptions;
import org.jspecify.annotations.Nullable;

/**
 * Connects a transport and its streams: {@code asyncio.StreamReaderProtocol}. Holds no reference to
 * the streams, so that they can be collected when the program no longer uses them.
 */
final class StreamsProtocol implements Protocol {

  private final EventLoop loop;
  private final PeerFaults faults = new PeerFaults();
  private final ConnectionInput incoming;
  private final ConnectionOutput outgoing;
  private final @Nullable HandlerRunner serving;
  private @Nullable Transport transport;
  private @Nullable Abandonment abandonment;
  private @Nullable Task<?> handler; // until it is done: it holds the streams
  private boolean securing;
  private boolean closed; // by the writer

  private StreamsProtocol(EventLoop loop, StreamOptions options, @Nullable HandlerRunner serving) {
    this.loop = loop;
    this.incoming = new ConnectionInput(loop, faults, options.limitBytes());
    this.outgoing = new ConnectionOutput(loop);
    this.serving = serving;
  }

  /** Creates a protocol whose streams are {@linkplain #open() opened} later. */
  static StreamsProtocol ofClient(EventLoop loop, StreamOptions options) {
    return new StreamsProtocol(loop, options, null);
  }

  /** Creates a protocol whose streams are passed to a handler. */
  static StreamsProtocol ofServer(EventLoop loop, StreamOptions options, HandlerRunner serving) {
    return new StreamsProtocol(loop, options, serving);
  }

  /** Creates the streams, once, when the connection is made. */
  StreamConnection open() {
    Transport made = transport;
    if (made == null || abandonment != null) {
      throw new IllegalStateException(
          "cannot open the streams: they are open already, or there is no connection yet");
    }
    Abandonment.Token token = new Abandonment.Token();
    Abandonment watching = Abandonment.watch(token, loop, this);
    abandonment = watching;
    if (outgoing.isLost()) {
      watching.settle();
    }
    return new StreamConnection(
        new ConnectionReader(incoming, token), new ConnectionWriter(this, outgoing, token));
  }

  /** {@return the transport; the TLS transport once TLS has started} */
  Transport transport() {
    return requireNonNull(transport, "transport");
  }

  /**
   * Returns the transport to write to.
   *
   * @param operation the method that the program called
   * @return the transport
   * @throws IllegalStateException while TLS is being started
   */
  Transport writable(String operation) {
    Transport made = transport;
    if (securing || made == null) {
      throw new IllegalStateException(
          "cannot call %s: a task waits in startTls, and the data would not be encrypted; wait until startTls has returned"
              .formatted(operation));
    }
    return made;
  }

  /**
   * Returns the exception to throw when the transport has rejected the caller's thread. Transports
   * check the thread of each call, so writes need not check it.
   *
   * @param operation the method that the program called
   * @param refused the exception of the transport, which may also mean that the memory of a buffer
   *     belongs to another thread
   * @return the exception to throw
   * @throws WrongThreadException with the name of the operation, if the caller is not on the loop's
   *     thread
   */
  WrongThreadException refusal(String operation, WrongThreadException refused) {
    ensureOwner(operation);
    return refused;
  }

  /** Rejects calls from other threads while the loop is running. */
  void ensureOwner(String operation) {
    LoopBootstraps.get().ensureOwner(loop, operation);
  }

  /** Rejects a call that has to wait if the caller is not a task. */
  void requireTask(String operation) {
    TaskCheck.requireTask(loop, operation);
  }

  /** {@return the exceptions that were thrown because of the peer} */
  PeerFaults faults() {
    return faults;
  }

  /** Closes the connection on behalf of the writer. */
  void close(String operation) {
    ensureOwner(operation);
    transport().close();
    closed = true;
  }

  /** Closes the connection on behalf of the peer or the server. */
  void closeForOthers() {
    QuietlyClosable.close(transport());
  }

  /** Notes that the server is about to close the connection. */
  void cutOff() {
    if (!transport().isClosing()) {
      faults.cutOff();
    }
  }

  /** {@return the reason why a handler ends that has not itself failed} */
  String describeEnd() {
    return "%s: %s"
        .formatted(
            faults.isCutOff()
                ? "The server has closed the connection of a handler"
                : "The client of a handler has failed",
            transport());
  }

  /** {@return the exception to throw where the connection is lost without a reason} */
  IOException lost() {
    return faults.noteLoss(
        new IOException(
            "cannot use %s: the connection is lost, and data written to it is dropped; open another"
                .formatted(transport())));
  }

  /**
   * Notes that the handler has ended: its task must not be cancelled, and may no longer hold the
   * streams.
   */
  void handled() {
    handler = null;
  }

  /** Yields once, because a loss that is already scheduled arrives in the next tick. */
  void settleLoss() {
    if (!outgoing.isLost() && transport().isClosing()) {
      LoopBootstraps.get().yieldOnce();
    }
  }

  /** {@return the default role of this end in TLS} */
  TlsRole role() {
    return serving == null ? TlsRole.CLIENT : TlsRole.SERVER;
  }

  /**
   * Suspends the current task until the streams use TLS.
   *
   * @throws IOException if that fails; the connection is lost
   */
  void secure(TlsOptions options, TlsRole role) throws IOException {
    incoming.claim("StreamWriter.startTls");
    securing = true;
    try {
      if (incoming.hasEnded()) {
        closeForOthers();
        throw faults.noteEndOfInput(
            new IOException(
                "cannot start TLS over %s: the peer has ended its stream".formatted(transport())));
      }
      begin(options, role);
    } finally {
      securing = false;
      incoming.release();
    }
  }

  // Unread bytes belong to TLS: as plain text, they could have been forged.
  private void begin(TlsOptions options, TlsRole role) throws IOException {
    Transport plain = transport();
    byte[] unread = incoming.detach();
    outgoing.resume(); // the next transport has its own flow control
    try {
      Transport secured = loop.startTls(plain, this, options, role, ByteBuffer.wrap(unread));
      transport = secured;
      incoming.attachAgain(secured, new byte[0]);
    } catch (Throwable thrown) {
      if (plain.protocol() == this) {
        resumePlain(plain, unread);
      } else {
        loseWith(thrown); // the transport notifies another protocol
      }
      throw thrown;
    }
  }

  /** A cancellation or a time limit of the program is not caused by the peer. */
  private void loseWith(Throwable thrown) {
    switch (thrown) {
      case IOException failure -> connectionLost(faults.noteLoss(failure));
      default ->
          lose(
              new IOException(
                  "cannot use the connection: startTls failed and has closed it", thrown));
    }
  }

  private void resumePlain(Transport plain, byte[] unread) {
    plain.resumeReading();
    incoming.attachAgain(plain, unread);
    if (plain.writeBufferSize() > plain.writeBufferLimits().highBytes()) {
      outgoing.pause();
    }
  }

  @Override
  public void connectionMade(Transport made) {
    transport = made;
    incoming.attach(made);
    if (serving != null) {
      if (made.isClosing()) {
        faults.cutOff(); // only the server has known the connection until now
      }
      serving.clients().add(this);
      handler = serving.start(open(), this);
    }
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    incoming.feed(data);
  }

  @Override
  public boolean eofReceived() {
    // The program can still write a response, but not with TLS.
    boolean halfOpen = transport().extraInfo(ExtraInfo.SSL_SESSION).isEmpty();
    faults.endedByPeer(!halfOpen);
    incoming.end();
    return halfOpen;
  }

  @Override
  public void pauseWriting() {
    outgoing.pause();
  }

  @Override
  public void resumeWriting() {
    outgoing.resume();
  }

  @Override
  public void connectionLost(@Nullable Throwable exception) {
    boolean isOurs = exception instanceof TlsConfigurationException;
    if (exception != null && !isOurs && !outgoing.isLost()) {
      faults.lostWith(exception);
    }
    lose(exception);
  }

  private void lose(@Nullable Throwable exception) {
    if (outgoing.isLost()) {
      return; // startTls has already reported this
    }
    if (abandonment != null) {
      abandonment.settle();
    }
    if (exception == null) {
      incoming.end();
    } else {
      incoming.fail(exception);
    }
    outgoing.lose(exception);
    if (serving != null) {
      serving.clients().remove(this);
      if (handler != null && !closed) {
        serving.disconnected(handler);
      }
    }
  }

  @Override
  public String toString() {
    return "<streams of %s: %s>".formatted(transport, incoming);
  }
}
