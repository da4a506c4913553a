package org.asyncio4j.spi.readiness;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.internal.transport.QuietlyClosable;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.FileRegion;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.LoopsHere;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.TransportOwner;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a non-blocking socket. Coordinates its two directions and carries out what its
 * {@link ConnectionState} decides.
 */
final class StreamTransport implements Transport, QuietlyClosable {

  private static final Logger LOGGER = System.getLogger("org.asyncio4j");

  private final ReadinessEventLoop loop;
  private final OpenSockets openSockets;
  private final StreamSocket socket;
  private final Context context;
  private final Optional<TransportOwner> owner;
  private final ConnectionInfo info;
  private final ConnectionState state = new ConnectionState();
  private final SocketWatch watch;
  private final Inbound inbound;
  private final Outbound outbound;

  // Of the loop's thread.
  private StreamProtocol protocol;
  private boolean closedHere; // by the program
  private @Nullable Throwable reason; // what the connection was lost with
  private int interest = Interest.NONE;

  private StreamTransport(
      ReadinessEventLoop loop,
      LoopResources resources,
      StreamSocket socket,
      SocketTransportRequest request) {
    this.loop = loop;
    this.openSockets = resources.openSockets();
    this.socket = socket;
    this.context = request.context();
    this.owner = request.owner();
    this.protocol = request.protocol();
    this.info = ConnectionInfo.of(loop, socket);
    this.inbound = new Inbound(this, socket, state, resources.readBuffers(), loop, context);
    this.outbound = new Outbound(this, socket, state, resources, loop, context);
    this.watch = new SocketWatch(resources.poller(), socket, this::ready);
  }

  /**
   * Makes a transport and schedules, in this order: {@code connectionMade}, the start of reading,
   * the waiter.
   *
   * @param loop the loop
   * @param resources what its transports share
   * @param request the socket and who hears of it
   * @return the transport
   */
  static StreamTransport open(
      ReadinessEventLoop loop, LoopResources resources, SocketTransportRequest request) {
    if (!(request.socket() instanceof StreamSocket socket)) {
      throw new IllegalArgumentException(
          "socket must be a StreamSocket but was %s; pass one of this loop's connectSocket or startServing"
              .formatted(request.socket()));
    }
    StreamTransport transport = new StreamTransport(loop, resources, socket, request);
    resources.openSockets().claim(socket, transport::release);
    transport.disableDelays();
    transport.owner.ifPresent(owner -> owner.attach(transport));
    loop.callSoon(transport::begin, transport.context);
    if (request.waiter().isPresent()) {
      Promise<@Nullable Void> waiter = request.waiter().get();
      loop.callSoon(() -> complete(waiter), transport.context);
    }
    return transport;
  }

  @Override
  public void write(ByteBuffer data) {
    LoopsHere.ensureOwner(loop, "Transport.write");
    outbound.write(data);
  }

  @Override
  public void writeLines(List<ByteBuffer> buffers) {
    LoopsHere.ensureOwner(loop, "Transport.writeLines");
    outbound.writeLines(buffers);
  }

  /**
   * Has the system copy a part of a file, behind what is buffered. Suspends the current task.
   *
   * @param region which part of which file
   * @return how many bytes were sent
   */
  long sendFile(FileRegion region) throws IOException {
    outbound.beginFile();
    try {
      outbound.awaitFlush();
      return new FileSending(loop, socket, region).run(outbound::awaitRoom, outbound::requireAlive);
    } catch (SocketException failure) {
      connectionFailed(failure); // as a write that fails does
      throw failure;
    } finally {
      outbound.endFile();
    }
  }

  @Override
  public void writeEof() {
    LoopsHere.ensureOwner(loop, "Transport.writeEof");
    loop.requireHalfClose();
    if (state.endOutput(outbound.isFlushed()) == ConnectionState.Step.END_OUTPUT) {
      endOutput();
    }
  }

  @Override
  public boolean canWriteEof() {
    return loop.canHalfClose();
  }

  @Override
  public void close() {
    LoopsHere.ensureOwner(loop, "Transport.close");
    closedHere |= !state.isClosing();
    closeQuietly();
  }

  @Override
  public void closeQuietly() {
    if (state.close(outbound.isFlushed()) == ConnectionState.Step.LOSE) {
      loseSoon(null);
    } else {
      inbound.stop();
    }
  }

  @Override
  public void abort() {
    LoopsHere.ensureOwner(loop, "Transport.abort");
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
  public boolean isClosing() {
    return state.isClosing();
  }

  @Override
  public boolean isReading() {
    return inbound.isReading();
  }

  @Override
  public void pauseReading() {
    LoopsHere.ensureOwner(loop, "Transport.pauseReading");
    inbound.pause();
  }

  @Override
  public void resumeReading() {
    LoopsHere.ensureOwner(loop, "Transport.resumeReading");
    inbound.resume();
  }

  @Override
  public long writeBufferSize() {
    return outbound.size();
  }

  @Override
  public WriteBufferLimits writeBufferLimits() {
    return outbound.limits();
  }

  @Override
  public void setWriteBufferLimits(WriteBufferLimits limits) {
    LoopsHere.ensureOwner(loop, "Transport.setWriteBufferLimits");
    outbound.setLimits(requireNonNull(limits, "limits"));
  }

  @Override
  public StreamProtocol protocol() {
    return protocol;
  }

  @Override
  public void setProtocol(BaseProtocol changed) {
    LoopsHere.ensureOwner(loop, "Transport.setProtocol");
    if (!(requireNonNull(changed, "protocol") instanceof StreamProtocol stream)) {
      throw new IllegalArgumentException(
          "protocol must be a Protocol or a BufferedProtocol but was %s".formatted(changed));
    }
    protocol = stream;
  }

  @Override
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    return info.find(requireNonNull(key, "key"));
  }

  @Override
  public String toString() {
    return "transport %s (%s)".formatted(info, state);
  }

  /**
   * Changes whether the socket is watched for one kind of readiness. Costs nothing if that is so
   * already.
   */
  void watch(int bit, boolean on) {
    int changed = on ? interest | bit : interest & ~bit;
    if (changed == interest) {
      return;
    }
    interest = changed;
    try {
      watch.watch(changed);
    } catch (IOException refused) {
      connectionFailed(refused);
    }
  }

  /** Everything is written: does what waited for that. */
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

  /** The socket has failed, which is for the protocol to know and for nobody else. */
  void connectionFailed(IOException failure) {
    if (loop.isDebug()) {
      LOGGER.log(Level.DEBUG, () -> "Fatal error on " + this, failure);
    }
    failed(failure);
  }

  /** Something else has failed: a mistake in a program, which somebody should hear of. */
  void callFailed(String message, Throwable failure) {
    report(message, failure);
    failed(failure);
  }

  /** Tells the exception handler of something that the connection survives. */
  void report(String message, Throwable failure) {
    loop.callExceptionHandler(
        ErrorReport.of(message).withException(failure).withProtocol(protocol).withTransport(this));
  }

  /** {@return what the connection was lost with, if with anything} */
  @Nullable Throwable reason() {
    return reason;
  }

  /**
   * The program goes on writing to a connection that is lost: a mistake if it has closed it itself.
   * Otherwise it cannot know yet, and a peer must not fill the log by resetting connections, nor a
   * server by closing them.
   */
  void logDroppedWrite() {
    LOGGER.log(
        closedHere ? Level.WARNING : Level.DEBUG,
        () -> "Data written to a lost connection is dropped: " + this);
  }

  private static void complete(Promise<@Nullable Void> waiter) {
    if (!waiter.isDone()) {
      waiter.setResult(null);
    }
  }

  /** Reading starts as soon as the protocol was told, unless it wants to pause or to close. */
  private void begin() {
    inbound.whileHeldBack(() -> protocol.connectionMade(this));
  }

  private void disableDelays() {
    try {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException | UnsupportedOperationException ignored) {
      // The connection works without; if the peer has reset it already, the first read will tell.
    }
  }

  /** Runs on the thread that polls. Reader before writer. */
  private void ready(int ready) {
    if ((ready & Interest.READ) != 0) {
      inbound.ready();
    }
    if ((ready & Interest.WRITE) != 0) {
      outbound.ready();
    }
  }

  private void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException failure) {
      connectionFailed(failure);
    }
  }

  private void failed(Throwable failure) {
    if (state.lose()) {
      reason = failure;
      loseSoon(failure);
    }
  }

  private void loseSoon(@Nullable Throwable reason) {
    discard();
    loop.callSoon(() -> loseNow(reason), context);
  }

  private void loseNow(@Nullable Throwable reason) {
    try {
      protocol.connectionLost(reason);
    } finally {
      release();
      owner.ifPresent(counting -> counting.detach(this));
    }
  }

  /** Nothing more is read, written or watched for. */
  private void discard() {
    outbound.discard();
    watch.cancel();
  }

  private void release() {
    state.lose();
    discard();
    socket.close();
    openSockets.remove(socket);
  }
}
