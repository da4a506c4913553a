package org.asyncio4j.spi.readiness;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.driver.DatagramSocket;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.driver.SendableFile;
import org.asyncio4j.spi.driver.Sockets;
import org.asyncio4j.spi.driver.StreamSocket;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.DetachSocketRequest;
import org.asyncio4j.spi.hooks.FileSink;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SendFileRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketRequest;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.hooks.UnwatchRequest;
import org.asyncio4j.spi.hooks.WatchRequest;
import org.asyncio4j.spi.internal.bind.DatagramOpener;
import org.asyncio4j.spi.internal.family.SocketFamilies;
import org.asyncio4j.spi.transport.DatagramEngine;
import org.asyncio4j.spi.transport.StreamEngine;
import org.asyncio4j.spi.transport.TransportResources;

/**
 * A complete event loop over a {@link Poller} and the non-blocking calls of {@link Sockets}. A
 * driver only passes both to the constructor. Modelled on {@code asyncio.SelectorEventLoop}.
 *
 * <p>This class defines the behaviour of connections for all drivers. They read once each time that
 * their socket is ready, into a buffer that belongs to the loop and that a protocol may use only
 * during {@link org.asyncio4j.net.Protocol#dataReceived}. They write at once, copy the rest, and
 * write that as the system takes it.
 *
 * <p>May be extended: a loop with a better implementation of a hook overrides it.
 */
public class ReadinessEventLoop extends BaseEventLoop {

  private final Poller poller;
  private final Set<Capability> capabilities;
  private final LoopResources resources;
  private final SocketConnector connector;
  private final ListenerOpener serving;
  private final Sockets sockets;
  private final Watchers watchers;

  /**
   * Creates a loop that owns the given poller. If this constructor throws, the poller still belongs
   * to the caller.
   *
   * @param context the clock, the engine and debug mode
   * @param name the name of the loop's provider
   * @param poller waits for the sockets to become ready
   * @param sockets opens sockets that the poller can watch
   * @param capabilities the capabilities of the driver
   */
  @SuppressWarnings("this-escape") // the collaborators keep it for later
  public ReadinessEventLoop(
      LoopContext context,
      String name,
      Poller poller,
      Sockets sockets,
      Set<Capability> capabilities) {
    super(context, name);
    this.sockets = requireNonNull(sockets, "sockets");
    this.poller = requireNonNull(poller, "poller");
    this.capabilities = Set.copyOf(capabilities);
    this.resources = new LoopResources(poller, TransportResources.create(sockets::allocateBuffer));
    this.connector = new SocketConnector(resources, sockets);
    this.serving = new ListenerOpener(resources, sockets);
    this.watchers = new Watchers(this, poller, sockets);
    closeIfForgotten(poller.resources());
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  protected void poll(long waitNanos) throws IOException {
    poller.poll(waitNanos);
  }

  @Override
  protected void wakeUp() {
    poller.wakeUp();
  }

  @Override
  protected Transport makeSocketTransport(SocketTransportRequest request) {
    if (!capabilities.contains(Capability.TCP_SERVER)
        && !capabilities.contains(Capability.UNIX_STREAM)) {
      require(Capability.TCP_CLIENT, "makeSocketTransport");
    }
    if (!(request.socket() instanceof StreamSocket socket)) {
      throw new IllegalArgumentException(
          "socket must be a StreamSocket from connectSocket or startServing of this loop: %s"
              .formatted(request.socket()));
    }
    return StreamEngine.open(
        this,
        resources.transports(),
        request,
        events -> new ReadinessStream(this, poller, socket, request.context(), events));
  }

  @Override
  protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
    SocketFamilies.requireStreams(
        capabilities, request.remote(), Capability.TCP_CLIENT, "connectSocket");
    return connector.connect(this, request);
  }

  @Override
  protected SocketHandle bindSocket(BindSocketRequest request) throws IOException {
    SocketFamilies.requireStreams(
        capabilities, request.address(), Capability.TCP_SERVER, "bindSocket");
    if (request.reusePort()) {
      require(Capability.REUSE_PORT, "bindSocket with reusePort");
    }
    return serving.bind(request);
  }

  @Override
  protected void startServing(ServingRequest request) throws IOException {
    requireServing("startServing");
    serving.start(this, request);
  }

  @Override
  protected void stopServing(SocketHandle listener) {
    requireServing("stopServing");
    serving.stop(listener);
  }

  @Override
  protected void pauseServing(SocketHandle listener) {
    require(Capability.CONNECTION_LIMIT, "pauseServing");
    serving.pause(listener);
  }

  @Override
  protected void resumeServing(SocketHandle listener) {
    require(Capability.CONNECTION_LIMIT, "resumeServing");
    serving.resume(listener);
  }

  @Override
  protected SocketHandle openDatagram(OpenDatagramRequest request) throws IOException {
    SocketFamilies.requireDatagrams(
        capabilities, request.family(), request.local(), "openDatagram");
    if (request.reusePort()) {
      require(Capability.REUSE_PORT, "openDatagram with reusePort");
    }
    DatagramSocket socket = sockets.openDatagram(request.family());
    return DatagramOpener.open(resources.openSockets(), socket, request, socket::bind);
  }

  @Override
  protected void connectDatagram(ConnectDatagramRequest request) throws IOException {
    SocketFamilies.requireDatagrams(
        capabilities,
        SocketFamilies.of(request.remote()),
        Optional.of(request.remote()),
        "connectDatagram");
    DatagramSocket socket = DatagramOpener.socketOf(request.socket(), DatagramSocket.class);
    DatagramOpener.connect(request.remote(), socket::connect);
  }

  @Override
  protected DatagramTransport makeDatagramTransport(DatagramTransportRequest request) {
    if (!capabilities.contains(Capability.UNIX_DATAGRAM)) {
      require(Capability.UDP, "makeDatagramTransport");
    }
    DatagramSocket socket = DatagramOpener.socketOf(request.socket(), DatagramSocket.class);
    return DatagramEngine.open(
        this,
        resources.transports(),
        request,
        events -> new ReadinessDatagrams(this, poller, socket, request.context(), events));
  }

  @Override
  protected AsyncSocket makeSocket(SocketRequest request) throws IOException {
    requireSockets(request, Capability.UNIX_STREAM, "makeSocket");
    return DirectStreamSocket.opened(
        this, resources, sockets.openStream(request.family()), request.family());
  }

  @Override
  protected AsyncServerSocket makeServerSocket(SocketRequest request) throws IOException {
    requireSockets(request, Capability.UNIX_STREAM, "makeServerSocket");
    return DirectServerSocket.opened(this, resources, sockets.openListener(request.family()));
  }

  @Override
  protected AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException {
    requireSockets(request, Capability.UNIX_DATAGRAM, "makeDatagramSocket");
    return DirectDatagramSocket.opened(this, resources, sockets.openDatagram(request.family()));
  }

  @Override
  protected SocketHandle detachSocket(DetachSocketRequest request) throws IOException {
    require(Capability.SOCKETS, "detachSocket");
    return DirectSocket.of(this, request.socket()).detach();
  }

  @Override
  protected long sendFile(SendFileRequest request) throws IOException {
    if (capabilities.contains(Capability.SEND_FILE)
        && request.transport() instanceof StreamEngine engine
        && engine.backend() instanceof ReadinessStream stream) {
      return stream.sendFile(engine, request.region());
    }
    return super.sendFile(request);
  }

  @Override
  protected Handle watch(WatchRequest request) throws IOException {
    require(Capability.WATCHING, "watch");
    return watchers.add(request);
  }

  @Override
  protected boolean unwatch(UnwatchRequest request) {
    require(Capability.WATCHING, "unwatch");
    return watchers.remove(request);
  }

  @Override
  protected void closeResources() {
    resources.openSockets().closeAll();
    poller.close();
  }

  IoHandle ioHandle(Runnable action, Context context, String what, Object subject) {
    return newIoHandle(action, context, what, subject);
  }

  // Services of the base class for sockets for direct use.

  void requireTaskFor(String operation) {
    requireTask(operation);
  }

  List<InetSocketAddress> resolved(InetSocketAddress address) throws IOException {
    return resolve(address);
  }

  long copied(FileRegion region, int blockBytes, FileSink sink) throws IOException {
    return copyFile(region, blockBytes, sink);
  }

  SendableFile openFile(FileRegion.Source source) throws IOException {
    if (!capabilities.contains(Capability.SEND_FILE)) {
      throw new SendFileNotAvailableException(
          "cannot send the file without reading it: this loop does not support SEND_FILE, only %s"
              .formatted(capabilities));
    }
    return sockets.openFile(source);
  }

  private void requireSockets(SocketRequest request, Capability unix, String operation) {
    require(Capability.SOCKETS, operation);
    if (request.family() == StandardProtocolFamily.UNIX) {
      require(unix, operation);
    }
  }

  private void requireServing(String operation) {
    if (!capabilities.contains(Capability.UNIX_STREAM)) {
      require(Capability.TCP_SERVER, operation);
    }
  }

  private void require(Capability capability, String operation) {
    SocketFamilies.require(capabilities, capability, operation);
  }
}
