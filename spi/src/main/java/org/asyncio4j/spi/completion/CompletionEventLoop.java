package org.asyncio4j.spi.completion;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.IoHandle;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.internal.bind.BoundListener;
import org.asyncio4j.spi.internal.bind.DatagramOpener;
import org.asyncio4j.spi.internal.family.SocketFamilies;
import org.asyncio4j.spi.internal.socket.SocketFailures;
import org.asyncio4j.spi.transport.DatagramEngine;
import org.asyncio4j.spi.transport.OpenSockets;
import org.asyncio4j.spi.transport.StreamEngine;
import org.asyncio4j.spi.transport.TransportResources;

/**
 * A complete event loop over a {@link CompletionPort} and the operations of {@link
 * CompletionSockets}, which a driver passes to the constructor. Modelled on {@code
 * asyncio.ProactorEventLoop}.
 *
 * <p>It connects, accepts and serves TCP streams and, if the driver supports them, Unix streams,
 * with or without TLS, and datagrams. A connection has one pending read while its transport reads;
 * written bytes are copied and lent to the system, one write at a time.
 *
 * <p>May be extended: a loop with a better implementation of a hook, or with further capabilities,
 * overrides the hook.
 */
public class CompletionEventLoop extends BaseEventLoop {

  private final CompletionPort port;
  private final CompletionSockets sockets;
  private final Set<Capability> capabilities;
  private final TransportResources resources;

  /**
   * Creates a loop that owns the given port. If this constructor throws, the port still belongs to
   * the caller.
   *
   * @param context the clock, the engine and debug mode
   * @param name the name of the loop's provider
   * @param port waits for operations to end
   * @param sockets opens the sockets whose operations the port reports
   * @param capabilities the capabilities of the driver
   */
  @SuppressWarnings("this-escape") // the base class keeps it for later
  public CompletionEventLoop(
      LoopContext context,
      String name,
      CompletionPort port,
      CompletionSockets sockets,
      Set<Capability> capabilities) {
    super(context, name);
    this.port = requireNonNull(port, "port");
    this.sockets = requireNonNull(sockets, "sockets");
    this.capabilities = Set.copyOf(capabilities);
    this.resources = TransportResources.allocatedBy(sockets::allocateBuffer);
    closeIfForgotten(port.resources());
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  protected void poll(long waitNanos) throws IOException {
    port.poll(waitNanos);
  }

  @Override
  protected void flush(boolean last) throws IOException {
    try (Closeable _ = () -> port.flush(last)) {
      if (last) {
        port.poll(0); // a write that has ended lets the next one start
      }
    }
  }

  @Override
  protected void wakeUp() {
    port.wakeUp();
  }

  @Override
  protected Transport makeSocketTransport(SocketTransportRequest request) {
    if (!(request.socket() instanceof CompletionSocket socket)) {
      throw new IllegalArgumentException(
          "socket must be a CompletionSocket from connectSocket or startServing of this loop: "
              + request.socket());
    }
    return StreamEngine.open(
        this,
        resources,
        request,
        events -> new CompletionStream(this, resources, socket, request.context(), events));
  }

  @Override
  protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
    SocketAddress remote = request.remote();
    SocketFamilies.requireStreams(capabilities, remote, Capability.TCP_CLIENT, "connectSocket");
    Promise<SocketHandle> promise = createFuture();
    try {
      CompletionSocket socket = sockets.openStream(SocketFamilies.of(remote));
      new ConnectAttempt(this, openSockets(), socket, promise, remote).start(request.local());
    } catch (IOException refused) {
      promise.setException(SocketFailures.connect(remote, refused));
    }
    return promise;
  }

  @Override
  protected SocketHandle bindSocket(BindSocketRequest request) throws IOException {
    SocketFamilies.requireStreams(
        capabilities, request.address(), Capability.TCP_SERVER, "bindSocket");
    if (request.reusePort()) {
      SocketFamilies.require(capabilities, Capability.REUSE_PORT, "bindSocket with reusePort");
    }
    CompletionListener socket = sockets.openListener(SocketFamilies.of(request.address()));
    return BoundListener.bind(openSockets(), socket, request, socket::bind);
  }

  @Override
  protected void startServing(ServingRequest request) throws IOException {
    BoundListener<CompletionListener> listener = listenerOf(request.listener());
    listener.serve(socket -> AcceptLoop.start(this, listener, socket, request));
  }

  @Override
  protected void stopServing(SocketHandle listener) {
    listenerOf(listener).close();
  }

  @Override
  protected void pauseServing(SocketHandle listener) {
    listenerOf(listener).pause();
  }

  @Override
  protected void resumeServing(SocketHandle listener) {
    listenerOf(listener).resume();
  }

  @Override
  protected SocketHandle openDatagram(OpenDatagramRequest request) throws IOException {
    SocketFamilies.requireDatagrams(
        capabilities, request.family(), request.local(), "openDatagram");
    if (request.reusePort()) {
      SocketFamilies.require(capabilities, Capability.REUSE_PORT, "openDatagram with reusePort");
    }
    CompletionDatagramSocket socket = sockets.openDatagram(request.family());
    return DatagramOpener.open(openSockets(), socket, request, socket::bind);
  }

  @Override
  protected void connectDatagram(ConnectDatagramRequest request) throws IOException {
    SocketFamilies.requireDatagrams(
        capabilities,
        SocketFamilies.of(request.remote()),
        Optional.of(request.remote()),
        "connectDatagram");
    CompletionDatagramSocket socket = datagramSocketOf(request.socket());
    DatagramOpener.connect(request.remote(), socket::connect);
  }

  @Override
  protected DatagramTransport makeDatagramTransport(DatagramTransportRequest request) {
    CompletionDatagramSocket socket = datagramSocketOf(request.socket());
    return DatagramEngine.open(
        this,
        resources,
        request,
        events ->
            new CompletionDatagrams(
                this, sockets::allocateBuffer, socket, request.context(), events));
  }

  @Override
  protected void closeResources() {
    openSockets().closeAll();
    port.close();
  }

  IoHandle ioHandle(Runnable action, Context context, String what, Object subject) {
    return newIoHandle(action, context, what, subject);
  }

  private OpenSockets openSockets() {
    return resources.openSockets();
  }

  private static CompletionDatagramSocket datagramSocketOf(SocketHandle handle) {
    return DatagramOpener.socketOf(handle, CompletionDatagramSocket.class);
  }

  private static BoundListener<CompletionListener> listenerOf(SocketHandle handle) {
    return BoundListener.of(handle, CompletionListener.class);
  }
}
