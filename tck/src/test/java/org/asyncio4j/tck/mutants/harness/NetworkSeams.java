package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.net.*;
import org.asyncio4j.net.options.*;
import org.asyncio4j.net.socket.*;
import org.asyncio4j.net.tls.*;
import org.asyncio4j.spi.*;
import org.asyncio4j.spi.driver.Driver;

/** The methods of a mutant that connect and serve. */
@SuppressWarnings("unchecked") // a seam has no type parameter that lasts for one call
public abstract class NetworkSeams extends CoreSeams {

  public final OpeningSeam<StreamProtocol, ConnectOptions, Connection<StreamProtocol>>
      createConnection = new OpeningSeam<>();
  public final OpeningSeam<StreamProtocol, UnixConnectOptions, Connection<StreamProtocol>>
      createUnixConnection = new OpeningSeam<>();
  public final OpeningSeam<StreamProtocol, AdoptOptions, Connection<StreamProtocol>> adoptSocket =
      new OpeningSeam<>();
  public final OpeningSeam<StreamProtocol, ServerOptions, Server> createServer =
      new OpeningSeam<>();
  public final OpeningSeam<StreamProtocol, SocketServerOptions, Server> createSocketServer =
      new OpeningSeam<>();
  public final OpeningSeam<StreamProtocol, UnixServerOptions, Server> createUnixServer =
      new OpeningSeam<>();
  public final OpeningSeam<DatagramProtocol, DatagramOptions, DatagramConnection<DatagramProtocol>>
      createDatagramEndpoint = new OpeningSeam<>();
  public final OpeningSeam<
          DatagramProtocol, UnixDatagramOptions, DatagramConnection<DatagramProtocol>>
      createUnixDatagramEndpoint = new OpeningSeam<>();
  public final Seam<StartTls, Transport> startTls = new Seam<>();
  public final Seam<SendFile, Long> sendFile = new Seam<>(0L);
  public final Seam<ProtocolFamily, AsyncSocket> openSocket = new Seam<>();
  public final OpeningSeam<StreamProtocol, AsyncSocket, Connection<StreamProtocol>>
      connectAcceptedSocket = new OpeningSeam<>();
  public final Seam<Watchable, Boolean> removeReader = new Seam<>(false);
  public final Seam<String, List<InetAddress>> resolve = new Seam<>();
  public final Seam<NameResolution, Void> setNameResolution = new Seam<>();

  NetworkSeams(LoopContext context, Driver driver, Set<Capability> capabilities) {
    super(context, driver, capabilities);
  }

  /** A connection, a server or an endpoint that is to be made. */
  public record Opening<P, O>(Supplier<? extends P> factory, O options) {

    public Opening<P, O> by(Supplier<? extends P> changed) {
      return new Opening<>(changed, options);
    }

    public Opening<P, O> with(O changed) {
      return new Opening<>(factory, changed);
    }

    public Opening<P, O> changed(UnaryOperator<O> change) {
      return with(change.apply(options));
    }
  }

  /** TLS that is to begin on a connection. */
  public record StartTls(
      Transport transport,
      StreamProtocol protocol,
      TlsOptions options,
      TlsRole role,
      ByteBuffer received) {}

  /** A file that is to be sent. */
  public record SendFile(Transport transport, FileRegion region, boolean fallback) {}

  @Override
  public <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
    return (Connection<P>) createConnection.open(protocolFactory, options, super::createConnection);
  }

  @Override
  public <P extends StreamProtocol> Connection<P> createUnixConnection(
      Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException {
    return (Connection<P>)
        createUnixConnection.open(protocolFactory, options, super::createUnixConnection);
  }

  @Override
  public <P extends StreamProtocol> Connection<P> adoptSocket(
      Supplier<? extends P> protocolFactory, AdoptOptions options) throws IOException {
    return (Connection<P>) adoptSocket.open(protocolFactory, options, super::adoptSocket);
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
      throws IOException {
    return createServer.open(protocolFactory, options, super::createServer);
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
      throws IOException {
    return createSocketServer.open(protocolFactory, options, super::createServer);
  }

  @Override
  public Server createUnixServer(
      Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
      throws IOException {
    return createUnixServer.open(protocolFactory, options, super::createUnixServer);
  }

  @Override
  public <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
      Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException {
    return (DatagramConnection<P>)
        createDatagramEndpoint.open(protocolFactory, options, super::createDatagramEndpoint);
  }

  @Override
  public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
      Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
    return (DatagramConnection<P>)
        createUnixDatagramEndpoint.open(
            protocolFactory, options, super::createUnixDatagramEndpoint);
  }

  @Override
  public Transport startTls(
      Transport transport,
      StreamProtocol protocol,
      TlsOptions options,
      TlsRole role,
      ByteBuffer received)
      throws IOException {
    return startTls.call(
        new StartTls(transport, protocol, options, role, received),
        it ->
            super.startTls(it.transport(), it.protocol(), it.options(), it.role(), it.received()));
  }

  @Override
  public long sendFile(Transport transport, FileRegion region, boolean fallback)
      throws IOException {
    return sendFile.call(
        new SendFile(transport, region, fallback),
        it -> super.sendFile(it.transport(), it.region(), it.fallback()));
  }

  @Override
  public AsyncSocket openSocket(ProtocolFamily family) throws IOException {
    return openSocket.call(family, super::openSocket);
  }

  @Override
  public <P extends StreamProtocol> Connection<P> connectAcceptedSocket(
      Supplier<? extends P> protocolFactory, AsyncSocket socket) throws IOException {
    return (Connection<P>)
        connectAcceptedSocket.open(protocolFactory, socket, super::connectAcceptedSocket);
  }

  @Override
  public boolean removeReader(Watchable what) {
    return removeReader.call(what, super::removeReader);
  }

  @Override
  public List<InetAddress> resolve(String host) throws IOException {
    return resolve.call(host, super::resolve);
  }

  @Override
  public void setNameResolution(NameResolution changed) {
    setNameResolution.accept(changed, super::setNameResolution);
  }
}
