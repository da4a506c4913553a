package org.asyncio4j.spi.transport;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.jspecify.annotations.Nullable;

/**
 * A datagram transport over any {@link DatagramBackend}, for UDP and Unix sockets. Coordinates its
 * two directions and carries out what its {@link ConnectionState} decides.
 */
public final class DatagramEngine extends TransportEngine<DatagramProtocol>
    implements DatagramTransport, DatagramEvents {

  private static final Logger LOGGER = System.getLogger("org.asyncio4j");

  private final Runnable beforeClose;
  private final DatagramAddressing addressing;
  private final DatagramGroups groups;
  private final DatagramBackend backend;
  private final ConnectionInfo info;
  private final ReadGate gate;
  private final DatagramInput input;
  private final DatagramOutput output;

  private DatagramEngine(
      BaseEventLoop loop,
      TransportResources resources,
      DatagramTransportRequest request,
      Function<DatagramEvents, ? extends DatagramBackend> backends) {
    super(loop, resources, request.socket(), request.context(), request.protocol());
    this.beforeClose = request.beforeClose();
    this.addressing = new DatagramAddressing(request.socket(), request.peer());
    this.backend = backends.apply(this);
    this.groups = new DatagramGroups(request.socket(), backend);
    this.info = new ConnectionInfo(loop, request.socket(), Optional::empty);
    this.gate = new ReadGate(state, backend);
    this.input = new DatagramInput(this, gate, resources.readBuffers(), request.socket());
    this.output = new DatagramOutput(this, backend);
  }

  /**
   * Creates a transport and schedules, in this order: {@code connectionMade}, the start of reading,
   * the waiter's completion. For {@link BaseEventLoop}'s hook {@code makeDatagramTransport}; called
   * on the loop's thread.
   *
   * @param loop the loop
   * @param resources the resources that its transports share
   * @param request the socket, which the transport owns from now on, and the settings
   * @param backends creates the backend, which keeps the given events and reports to them later
   * @return the transport
   * @throws IllegalStateException if the socket has a transport already
   */
  public static DatagramEngine open(
      BaseEventLoop loop,
      TransportResources resources,
      DatagramTransportRequest request,
      Function<DatagramEvents, ? extends DatagramBackend> backends) {
    DatagramEngine engine = new DatagramEngine(loop, resources, request, backends);
    engine.open(request.waiter());
    return engine;
  }

  @Override
  public void sendTo(ByteBuffer data, @Nullable SocketAddress to) {
    ensureOwner("DatagramTransport.sendTo");
    output.send(requireNonNull(data, "data"), addressing.destination(to));
  }

  @Override
  public void joinGroup(InetAddress group, NetworkInterface on) throws IOException {
    ensureOwner("DatagramTransport.joinGroup");
    require(Capability.UDP_MULTICAST, "joinGroup");
    if (state.isClosing()) {
      throw new IOException("cannot join a group: %s is not open; open another".formatted(this));
    }
    groups.join(group, on);
  }

  @Override
  public void leaveGroup(InetAddress group, NetworkInterface on) throws IOException {
    ensureOwner("DatagramTransport.leaveGroup");
    require(Capability.UDP_MULTICAST, "leaveGroup");
    if (!state.isLost()) {
      groups.leave(group, on);
    }
  }

  @Override
  public void close() {
    ensureOwner("DatagramTransport.close");
    if (state.close(output.isFlushed()) == ConnectionState.Step.LOSE) {
      loseSoon(null);
    } else {
      gate.stop();
    }
  }

  @Override
  public void abort() {
    ensureOwner("DatagramTransport.abort");
    if (state.lose()) {
      loseSoon(null);
    }
  }

  @Override
  public long writeBufferSize() {
    return output.size();
  }

  @Override
  public void readFrom(DatagramSource source) {
    input.readFrom(source);
  }

  @Override
  public int receiveBytes() {
    return input.room();
  }

  @Override
  public void received(ByteBuffer data, SocketAddress from) {
    input.received(data, from);
  }

  @Override
  public void receiveFailed(IOException failure) {
    if (!state.isLost()) {
      errorReceived(failure);
    }
  }

  @Override
  public void writable() {
    output.writable();
  }

  @Override
  public Optional<PendingDatagram> firstPending() {
    return output.firstPending();
  }

  @Override
  public void sent() {
    output.sent();
  }

  @Override
  public void sendFailed(IOException failure) {
    output.sendFailed(failure);
  }

  @Override
  public void failed(IOException failure) {
    callFailed("Fatal error: the socket of a datagram transport cannot be used", failure);
  }

  @Override
  public String toString() {
    return "datagram transport %s (%s)".formatted(info, state);
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
  DatagramProtocol requireProtocol(BaseProtocol changed) {
    if (changed instanceof DatagramProtocol datagrams) {
      return datagrams;
    }
    throw new IllegalArgumentException("protocol must be a DatagramProtocol: " + changed);
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
  void beforeClose() {
    beforeClose.run();
  }

  /** Called when everything is sent: does what was waiting for that. */
  void flushed() {
    if (state.flushed() == ConnectionState.Step.LOSE) {
      discard();
      loseNow(null);
    }
  }

  /** Passes a datagram to the protocol. */
  void datagramReceived(ByteBuffer data, SocketAddress from) {
    tell("protocol.datagramReceived() failed", () -> protocol().datagramReceived(data, from));
  }

  /** Notifies the protocol of an error that the endpoint survives. */
  void errorReceived(IOException failure) {
    tell("protocol.errorReceived() failed", () -> protocol().errorReceived(failure));
  }

  /** Reports an unexpected failure; the endpoint is lost. */
  void callFailed(String message, Throwable failure) {
    report(message, failure);
    if (state.lose()) {
      loseSoon(failure);
    }
  }

  /** Warns that the program still sends through a lost endpoint. */
  void warnOfDroppedDatagram() {
    LOGGER.log(Level.WARNING, () -> "Datagram sent through a lost endpoint is dropped: " + this);
  }
}
