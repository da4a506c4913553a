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
      ByteBuffer received) {

    public StartTls over(Transport changed) {
      return new StartTls(changed, protocol, options, role, received);
    }

    public StartTls with(TlsOptions changed) {
      return new StartTls(transport, protocol, changed, role, received);
    }

    public StartTls having(ByteBuffer changed) {
      return new StartTls(transport, protocol, options, role, changed);
    }
  }

  /** A file that is to be sent. */
  public record SendFile(Transport transport, FileRegion region, boolean fallback) {

    public SendFile of(FileRegion changed) {
      return new SendFile(transport, changed, fallback);
    }
  }

  @Override
  public <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
    return (Connection<P>)
        createConnection.call(
            new Opening<>(protocolFactory, options),
            it -> super.createConnection(it.factory(), it.options()));
  }

  @Override
  public <P extends StreamProtocol> Connection<P> createUnixConnection(
      Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException {
    return (Connection<P>)
        createUnixConnection.call(
            new Opening<>(protocolFactory, options),
            it -> super.createUnixConnection(it.factory(), it.options()));
  }

  @Override
  public <P extends StreamProtocol> Connection<P> adoptSocket(
      Supplier<? extends P> protocolFactory, AdoptOptions options) throws IOException {
    return (Connection<P>)
        adoptSocket.call(
            new Opening<>(protocolFactory, options),
            it -> super.adoptSocket(it.factory(), it.options()));
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
      throws IOException {
    return createServer.call(
        new Opening<>(protocolFactory, options),
        it -> super.createServer(it.factory(), it.options()));
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
      throws IOException {
    return createSocketServer.call(
        new Opening<>(protocolFactory, options),
        it -> super.createServer(it.factory(), it.options()));
  }

  @Override
  public Server createUnixServer(
      Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
      throws IOException {
    return createUnixServer.call(
        new Opening<>(protocolFactory, options),
        it -> super.createUnixServer(it.factory(), it.options()));
  }

  @Override
  public <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
      Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException {
    return (DatagramConnection<P>)
        createDatagramEndpoint.call(
            new Opening<>(protocolFactory, options),
            it -> super.createDatagramEndpoint(it.factory(), it.options()));
  }

  @Override
  public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
      Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
    return (DatagramConnection<P>)
        createUnixDatagramEndpoint.call(
            new Opening<>(protocolFactory, options),
            it -> super.createUnixDatagramEndpoint(it.factory(), it.options()));
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
        connectAcceptedSocket.call(
            new Opening<>(protocolFactory, socket),
            it -> super.connectAcceptedSocket(it.factory(), it.options()));
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
