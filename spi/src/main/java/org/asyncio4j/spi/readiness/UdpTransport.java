package org.asyncio4j.spi.readiness;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.WriteBufferLimits;
import org.asyncio4j.spi.DatagramTransportRequest;
import org.asyncio4j.spi.LoopsHere;
import org.asyncio4j.spi.SocketHandle;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint over a non-blocking socket of datagrams, of UDP or Unix. Coordinates its two
 * directions and carries out what its {@link ConnectionState} decides.
 */
final class UdpTransport implements DatagramTransport {

  private static final Logger LOGGER = System.getLogger("org.asyncio4j");

  private final ReadinessEventLoop loop;
  private final OpenSockets openSockets;
  private final UdpSocket socket;
  private final Context context;
  private final UdpAddressing addressing;
  private final UdpGroups groups;
  private final ConnectionInfo info;
  private final ConnectionState state = new ConnectionState();
  private final Runnable beforeClose;
  private final SocketWatch watch;
  private final UdpInbound inbound;
  private final UdpOutbound outbound;

  // Of the loop's thread.
  private DatagramProtocol protocol;
  private int interest = Interest.NONE;

  private UdpTransport(
      ReadinessEventLoop loop,
      LoopResources resources,
      UdpSocket socket,
      DatagramTransportRequest request) {
    this.loop = loop;
    this.openSockets = resources.openSockets();
    this.socket = socket;
    this.context = request.context();
    this.protocol = request.protocol();
    this.beforeClose = request.beforeClose();
    this.addressing = new UdpAddressing(socket, request.peer());
    this.groups = new UdpGroups(socket);
    this.info = ConnectionInfo.of(loop, socket);
    this.inbound = new UdpInbound(this, socket, state, resources.readBuffers(), loop, context);
    this.outbound = new UdpOutbound(this, socket, state, loop, context);
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
  static UdpTransport open(
      ReadinessEventLoop loop, LoopResources resources, DatagramTransportRequest request) {
    UdpSocket socket = socketOf(request.socket());
    UdpTransport transport = new UdpTransport(loop, resources, socket, request);
    resources.openSockets().claim(socket, transport::release);
    var _ = loop.callSoon(transport::begin, transport.context);
    if (request.waiter().isPresent()) {
      Promise<@Nullable Void> waiter = request.waiter().get();
      var _ = loop.callSoon(() -> complete(waiter), transport.context);
    }
    return transport;
  }

  static UdpSocket socketOf(SocketHandle handle) {
    if (handle instanceof UdpSocket socket) {
      return socket;
    }
    throw new IllegalArgumentException(
        "socket must be a UdpSocket but was %s; pass one of this loop's openDatagram"
            .formatted(handle));
  }

  @Override
  public void sendTo(ByteBuffer data, @Nullable SocketAddress to) {
    LoopsHere.ensureOwner(loop, "DatagramTransport.sendTo");
    outbound.send(requireNonNull(data, "data"), addressing.destination(to));
  }

  @Override
  public void joinGroup(InetAddress group, NetworkInterface on) throws IOException {
    LoopsHere.ensureOwner(loop, "DatagramTransport.joinGroup");
    loop.requireMulticast("joinGroup");
    if (state.isClosing()) {
      throw new IOException(
          "transport must be open to join a group but %s is not; open another".formatted(this));
    }
    groups.join(group, on);
  }

  @Override
  public void leaveGroup(InetAddress group, NetworkInterface on) throws IOException {
    LoopsHere.ensureOwner(loop, "DatagramTransport.leaveGroup");
    loop.requireMulticast("leaveGroup");
    if (!state.isLost()) {
      groups.leave(group, on);
    }
  }

  @Override
  public void close() {
    LoopsHere.ensureOwner(loop, "DatagramTransport.close");
    if (state.close(outbound.isFlushed()) == ConnectionState.Step.LOSE) {
      loseSoon(null);
    } else {
      inbound.stop();
    }
  }

  @Override
  public void abort() {
    LoopsHere.ensureOwner(loop, "DatagramTransport.abort");
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
    LoopsHere.ensureOwner(loop, "DatagramTransport.pauseReading");
    inbound.pause();
  }

  @Override
  public void resumeReading() {
    LoopsHere.ensureOwner(loop, "DatagramTransport.resumeReading");
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
    LoopsHere.ensureOwner(loop, "DatagramTransport.setWriteBufferLimits");
    outbound.setLimits(requireNonNull(limits, "limits"));
  }

  @Override
  public DatagramProtocol protocol() {
    return protocol;
  }

  @Override
  public void setProtocol(BaseProtocol changed) {
    LoopsHere.ensureOwner(loop, "DatagramTransport.setProtocol");
    if (!(requireNonNull(changed, "protocol") instanceof DatagramProtocol datagrams)) {
      throw new IllegalArgumentException(
          "protocol must be a DatagramProtocol but was %s".formatted(changed));
    }
    protocol = datagrams;
  }

  @Override
  public <T> Optional<T> extraInfo(ExtraInfo<T> key) {
    return info.find(requireNonNull(key, "key"));
  }

  @Override
  public String toString() {
    return "datagram transport %s (%s)".formatted(info, state);
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
      callFailed("Fatal error: the socket of a datagram transport cannot be watched", refused);
    }
  }

  /** Everything is sent: does what waited for that. */
  void flushed() {
    if (state.flushed() == ConnectionState.Step.LOSE) {
      discard();
      loseNow(null);
    }
  }

  /** Hands the protocol a datagram. */
  void datagramReceived(ByteBuffer data, SocketAddress from) {
    try {
      protocol.datagramReceived(data, from);
    } catch (Throwable thrown) {
      report("protocol.datagramReceived() failed", thrown);
    }
  }

  /** Tells the protocol of an error that the endpoint survives. */
  void errorReceived(IOException failure) {
    tell("protocol.errorReceived() failed", () -> protocol.errorReceived(failure));
  }

  /** Calls the protocol. What it throws is reported, and the endpoint lives on. */
  void tell(String message, Runnable call) {
    try {
      call.run();
    } catch (Throwable thrown) {
      report(message, thrown);
    }
  }

  /** Something that should not fail has failed: somebody should hear of it. */
  void callFailed(String message, Throwable failure) {
    report(message, failure);
    if (state.lose()) {
      loseSoon(failure);
    }
  }

  /** Somebody goes on sending through an endpoint that is lost. */
  void warnOfDroppedDatagram() {
    LOGGER.log(Level.WARNING, () -> "Datagram sent through a lost endpoint is dropped: " + this);
  }

  private void report(String message, Throwable failure) {
    loop.callExceptionHandler(
        ErrorReport.of(message).withException(failure).withProtocol(protocol).withTransport(this));
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

  /** Runs on the thread that polls. Reader before writer. */
  private void ready(int ready) {
    if ((ready & Interest.READ) != 0) {
      inbound.ready();
    }
    if ((ready & Interest.WRITE) != 0) {
      outbound.ready();
    }
  }

  private void loseSoon(@Nullable Throwable reason) {
    discard();
    var _ = loop.callSoon(() -> loseNow(reason), context);
  }

  private void loseNow(@Nullable Throwable reason) {
    beforeClose.run(); // release does that too, but somebody may look for the file when told
    try {
      protocol.connectionLost(reason);
    } finally {
      release();
    }
  }

  /** Nothing more is received, sent or watched for. */
  private void discard() {
    outbound.discard();
    watch.cancel();
  }

  private void release() {
    boolean ignored = state.lose();
    discard();
    beforeClose.run();
    socket.close();
    openSockets.remove(socket);
  }
}
