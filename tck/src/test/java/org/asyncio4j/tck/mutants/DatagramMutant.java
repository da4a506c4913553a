package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.DatagramTransportRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.readiness.Driver;

/** The correct loop, for others to break its endpoints of datagrams. */
abstract class DatagramMutant extends NetworkMutant {

  DatagramMutant(LoopContext context) {
    super(context);
  }

  DatagramMutant(LoopContext context, Driver driver) {
    super(context, driver);
  }

  @Override
  protected DatagramTransport makeDatagramTransport(DatagramTransportRequest request) {
    return wrap(super.makeDatagramTransport(with(request, between(request))), request);
  }

  /** The protocol that the transport hears from; correct unless overridden. */
  DatagramProtocol between(DatagramTransportRequest request) {
    return request.protocol();
  }

  /** The transport that the application gets; correct unless overridden. */
  DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
    return real;
  }

  static DatagramTransportRequest with(
      DatagramTransportRequest request, DatagramProtocol protocol) {
    return protocol == request.protocol() ? request : with(request, protocol, request.context());
  }

  static DatagramTransportRequest with(
      DatagramTransportRequest request, DatagramProtocol protocol, Context context) {
    return new DatagramTransportRequest(
        request.socket(),
        protocol,
        request.peer(),
        request.waiter(),
        context,
        request.beforeClose());
  }

  /** The protocol of the application, between the transport and a defect. */
  abstract static class Interposed implements DatagramProtocol {

    final DatagramProtocol application;

    Interposed(DatagramTransportRequest request) {
      this.application = request.protocol();
    }

    @Override
    public void connectionMade(DatagramTransport transport) {
      application.connectionMade(transport);
    }

    @Override
    public void datagramReceived(ByteBuffer data, SocketAddress from) {
      application.datagramReceived(data, from);
    }

    @Override
    public void errorReceived(IOException failure) {
      application.errorReceived(failure);
    }

    @Override
    public void pauseWriting() {
      application.pauseWriting();
    }

    @Override
    public void resumeWriting() {
      application.resumeWriting();
    }

    @Override
    public void connectionLost(Throwable exception) {
      application.connectionLost(exception);
    }
  }
}
