package org.asyncio4j.spi.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.asyncio4j.internal.transport.QuietlyClosable;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.jspecify.annotations.Nullable;

/**
 * A stream transport over any {@link StreamBackend}. Coordinates its two directions and carries out
 * what its {@link ConnectionState} decides.
 */
@SuppressWarnings("exports") // QuietlyClosable is internal to asyncio4j
public final class StreamEngine extends TransportEngine<StreamProtocol>
    implements Transport, StreamEvents, QuietlyClosable {

  private static final Logger LOGGER = System.getLogger("org.asyncio4j");

  private final SocketTransportRequest request;
  private final StreamBackend backend;
  private final ConnectionInfo info;
  private final ReadGate gate;
  private final StreamInput input;
  private final StreamOutput output;
  private boolean closedHere; // by the program
  private @Nullable Throwable reason; // why the connection was lost

  private StreamEngine(
      BaseEventLoop loop,
      TransportResources resources,
      SocketTransportRequest request,
      Function<StreamEvents, ? extends StreamBackend> backends) {
    super(loop, resources, request.socket(), request.context(), request.protocol());
    this.request = request;
    this.backend = backends.apply(this);
    this.info = new ConnectionInfo(loop, request.socket(), backend::peerCredentials);
    this.gate = new ReadGate(state, backend);
    this.input = new StreamInput(this, gate, resources.readBuffers());
    this.output = new StreamOutput(this, backend, resources);
  }

  /**
   * Creates a transport and schedules, in this order: {@code connectionMade}, the start of reading,
   * the waiter's completion. For {@link BaseEventLoop}'s hook {@code makeSocketTransport}; called
   * on the loop's thread.
   *
   * @param loop the loop
   * @param resources the resources that its transports share
   * @param request the socket, which the transport owns from now on, and the settings
   * @param backends creates the backend, which keeps the given events and reports to them later
   * @return the transport
   * @throws IllegalStateException if the socket has a transport already
   */
  public static StreamEngine open(
      BaseEventLoop loop,
      TransportResources resources,
      SocketTransportRequest request,
      Function<StreamEvents, ? extends StreamBackend> backends) {
    StreamEngine engine = new StreamEngine(loop, resources, request, backends);
    engine.open(request.waiter());
    return engine;
  }

  /** {@return the backend of this transport} */
  public StreamBackend backend() {
    return backend;
  }

  /**
   * Reserves the outgoing direction for the current task, which writes to the socket itself:
   * earlier writes are sent first, and {@code write} throws until the reservation is closed. For
   * the hook {@code sendFile} of a readiness loop.
   *
   * @return the reservation
   * @throws IllegalStateException if there is one already, or after {@code writeEof}
   */
  public OutputReservation reserveOutput() {
    return output.reserve();
  }

  @Override
  public void write(ByteBuffer data) {
    ensureOwner("Transport.write");
    output.write(data);
  }

  @Override
  public void writeLines(List<ByteBuffer> buffers) {
    ensureOwner("Transport.writeLines");
    output.writeLines(buffers);
  }

  @Override
  public void writeEof() {
    ensureOwner("Transport.writeEof");
    require(Capability.HALF_CLOSE, "writeEof");
    if (state.endOutput(output.isFlushed()) == ConnectionState.Step.END_OUTPUT) {
      endOutput();
    }
  }

  @Override
  public boolean canWriteEof() {
    return loop().capabilities().contains(Capability.HALF_CLOSE);
  }

  @Override
  public void close() {
    ensureOwner("Transport.close");
    closedHere |= !state.isClosing();
    closeQuietly();
  }

  @Override
  public void closeQuietly() {
    if (state.close(output.isFlushed()) == ConnectionState.Step.LOSE) {
      loseSoon(null);
    } else {
      gate.stop();
    }
  }

  @Override
  public void abort() {
    ensureOwner("Transport.abort");
    if (state.lose()) {
      closedHere = true;
      loseSoon(null);
    }
  }

  @Override
  public void abortQuietly() {
    if (state.lose()) {
      loseSoon(null);
    }
  }

  @Override
  public long writeBufferSize() {
    return output.size();
  }

  @Override
  public void readFrom(ByteSource source) {
    input.readFrom(source);
  }

  @Override
  public void received(ByteBuffer data) {
    input.received(data);
  }

  @Override
  public void endOfInput() {
    input.endOfInput();
  }

  @Override
  public void writable() {
    output.writable();
  }

  @Override
  public List<ByteBuffer> lendPending() {
    return output.lendPending();
  }

  @Override
  public void written(long count) {
    output.written(count);
  }

  @Override
  public void writeFailed(IOException failure) {
    output.takeBack();
    failed(failure);
  }

  @Override
  public void failed(IOException failure) {
    if (loop().isDebug()) {
      LOGGER.log(Level.DEBUG, () -> "Fatal error on " + this, failure);
    }
    fail(failure);
  }

  @Override
  public String toString() {
    return "transport %s (%s)".formatted(info, state);
  }

  @Override
  ReadGate gate() {
    return gate;
  }

  @Override
  ConnectionInfo info() {
    return info;
  }

  @Override
  StreamProtocol requireProtocol(BaseProtocol changed) {
    if (changed instanceof StreamProtocol stream) {
      return stream;
    }
    throw new IllegalArgumentException(
        "protocol must be a Protocol or a BufferedProtocol: " + changed);
  }

  @Override
  void opened() {
    disableDelays();
    request.owner().ifPresent(owner -> owner.attach(this));
  }

  @Override
  void connectionMade() {
    protocol().connectionMade(this);
  }

  @Override
  void discard() {
    output.discard();
    backend.cancel();
  }

  @Override
  void afterClose() {
    request.owner().ifPresent(owner -> owner.detach(this));
  }

  /** Called when everything is written: does what was waiting for that. */
  void flushed() {
    switch (state.flushed()) {
      case LOSE -> {
        discard();
        loseNow(null);
      }
      case END_OUTPUT -> endOutput();
      case NOTHING -> {}
    }
  }

  /** Reports a failure that is not the socket's: a bug in the program. */
  void callFailed(String message, Throwable failure) {
    report(message, failure);
    fail(failure);
  }

  /** {@return why the connection was lost; {@code null} if there is no error} */
  @Nullable Throwable reason() {
    return reason;
  }

  /**
   * Logs a write to a lost connection, which is a bug if the program has closed the connection
   * itself. Otherwise the program may not know of the loss yet, and peers that reset or close
   * connections must not be able to fill the log.
   */
  void logDroppedWrite() {
    LOGGER.log(
        closedHere ? Level.WARNING : Level.DEBUG,
        () -> "Data written to a lost connection is dropped: " + this);
  }

  private void disableDelays() {
    try {
      request.socket().setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException | UnsupportedOperationException ignored) {
      // The connection works without it; if the peer has already reset the connection, the first
      // read will report that.
    }
  }

  private void endOutput() {
    try {
      backend.shutdownOutput();
    } catch (IOException failure) {
      failed(failure);
    }
  }

  private void fail(Throwable failure) {
    if (state.lose()) {
      reason = failure;
      loseSoon(failure);
    }
  }
}
