package org.asyncio4j.spi.datagram;

import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Optional;
import java.util.Set;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SocketHandle;

/** A loop whose only endpoint is scripted. */
class DatagramLoop extends TestLoop {

  ScriptedEndpoint endpoint;
  int closedSockets;

  DatagramLoop(CoroutineMode mode) {
    super(LoopContext.defaults().withCoroutines(mode));
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.UDP);
  }

  @Override
  protected SocketHandle openDatagram(OpenDatagramRequest request) {
    return new NoSocket(request.local().orElseThrow());
  }

  @Override
  protected DatagramTransport makeDatagramTransport(DatagramTransportRequest request) {
    ScriptedEndpoint made = new ScriptedEndpoint(request.protocol());
    endpoint = made;
    callSoon(() -> request.protocol().connectionMade(made), request.context());
    callSoon(() -> complete(request), request.context());
    return made;
  }

  private static void complete(DatagramTransportRequest request) {
    var waiter = request.waiter().orElseThrow();
    if (!waiter.isDone()) {
      waiter.setResult(null);
    }
  }

  final class NoSocket implements SocketHandle {

    private final SocketAddress address;

    NoSocket(SocketAddress address) {
      this.address = address;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      closedSockets++;
    }

    @Override
    public SocketAddress localAddress() {
      return address;
    }

    @Override
    public Optional<SocketAddress> remoteAddress() {
      return Optional.empty();
    }

    @Override
    public <T> T option(SocketOption<T> option) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) {
      throw new UnsupportedOperationException();
    }
  }
}
