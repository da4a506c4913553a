package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.*;
import org.asyncio4j.net.socket.*;
import org.asyncio4j.spi.*;
import org.asyncio4j.spi.driver.Driver;
import org.asyncio4j.spi.hooks.*;
import org.asyncio4j.spi.readiness.ReadinessEventLoop;

/** The hooks of a mutant. No other class knows their signatures. */
abstract class HookSeams extends ReadinessEventLoop {

  public final Seam<Long, Void> poll = new Seam<>();
  public final Seam<Boolean, Void> flush = new Seam<>();
  public final Seam<Void, Void> closeResources = new Seam<>();
  public final Seam<SocketTransportRequest, Transport> makeSocketTransport = new Seam<>();
  public final Seam<TlsTransportRequest, Transport> makeTlsTransport = new Seam<>();
  public final Seam<ConnectSocketRequest, Future<SocketHandle>> connectSocket = new Seam<>();
  public final Seam<BindSocketRequest, SocketHandle> bindSocket = new Seam<>();
  public final Seam<ServingRequest, Void> startServing = new Seam<>();

  public final Seam<SocketHandle, Void> pauseServing = new Seam<>();
  public final Seam<SocketHandle, Void> resumeServing = new Seam<>();
  public final Seam<OpenDatagramRequest, SocketHandle> openDatagram = new Seam<>();
  public final Seam<ConnectDatagramRequest, Void> connectDatagram = new Seam<>();
  public final Seam<DatagramTransportRequest, DatagramTransport> makeDatagramTransport =
      new Seam<>();
  public final Seam<SocketRequest, AsyncSocket> makeSocket = new Seam<>();
  public final Seam<SocketRequest, AsyncServerSocket> makeServerSocket = new Seam<>();
  public final Seam<SocketRequest, AsyncDatagramSocket> makeDatagramSocket = new Seam<>();
  public final Seam<DetachSocketRequest, SocketHandle> detachSocket = new Seam<>();

  /** Sends a file by a call of the system. */
  public final Seam<SendFileRequest, Long> copyFile = new Seam<>(0L);

  public final Seam<WatchRequest, Handle> watch = new Seam<>();
  public final Seam<UnwatchRequest, Boolean> unwatch = new Seam<>(false);

  HookSeams(LoopContext context, Driver driver, Set<Capability> capabilities) {
    super(context, "mutant", driver.poller(), driver.sockets(), capabilities);
  }

  @Override
  protected void poll(long waitNanos) throws IOException {
    poll.accept(waitNanos, super::poll);
  }

  @Override
  protected void flush(boolean last) throws IOException {
    flush.accept(last, super::flush);
  }

  @Override
  protected void closeResources() {
    closeResources.accept(null, _ -> super.closeResources());
  }

  @Override
  protected Transport makeSocketTransport(SocketTransportRequest request) {
    return makeSocketTransport.call(request, super::makeSocketTransport);
  }

  @Override
  protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
    return makeTlsTransport.call(request, super::makeTlsTransport);
  }

  @Override
  protected Future<SocketHandle> connectSocket(ConnectSocketRequest request) {
    return connectSocket.call(request, super::connectSocket);
  }

  @Override
  public SocketHandle bindSocket(BindSocketRequest request) throws IOException {
    return bindSocket.call(request, super::bindSocket);
  }

  @Override
  protected void startServing(ServingRequest request) throws IOException {
    startServing.accept(request, super::startServing);
  }

  @Override
  public void pauseServing(SocketHandle listener) {
    pauseServing.accept(listener, super::pauseServing);
  }

  @Override
  protected void resumeServing(SocketHandle listener) {
    resumeServing.accept(listener, super::resumeServing);
  }

  @Override
  protected SocketHandle openDatagram(OpenDatagramRequest request) throws IOException {
    return openDatagram.call(request, super::openDatagram);
  }

  @Override
  protected void connectDatagram(ConnectDatagramRequest request) throws IOException {
    connectDatagram.accept(request, super::connectDatagram);
  }

  @Override
  protected DatagramTransport makeDatagramTransport(DatagramTransportRequest request) {
    return makeDatagramTransport.call(request, super::makeDatagramTransport);
  }

  @Override
  protected AsyncSocket makeSocket(SocketRequest request) throws IOException {
    return makeSocket.call(request, super::makeSocket);
  }

  @Override
  protected AsyncServerSocket makeServerSocket(SocketRequest request) throws IOException {
    return makeServerSocket.call(request, super::makeServerSocket);
  }

  @Override
  protected AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException {
    return makeDatagramSocket.call(request, super::makeDatagramSocket);
  }

  @Override
  protected SocketHandle detachSocket(DetachSocketRequest request) throws IOException {
    return detachSocket.call(request, super::detachSocket);
  }

  @Override
  protected long sendFile(SendFileRequest request) throws IOException {
    return copyFile.call(request, super::sendFile);
  }

  @Override
  protected Handle watch(WatchRequest request) throws IOException {
    return watch.call(request, super::watch);
  }

  @Override
  protected boolean unwatch(UnwatchRequest request) {
    return unwatch.call(request, super::unwatch);
  }

  /** {@return a handle that poll may queue} */
  public IoHandle ioHandle(Runnable action) {
    return newIoHandle(action, Context.empty());
  }
}
