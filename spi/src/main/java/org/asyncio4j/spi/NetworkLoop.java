package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Handle;
import org.asyncio4j.core.Watching;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.AbstractUnixAddress;
import org.asyncio4j.net.AdoptOptions;
import org.asyncio4j.net.AsyncDatagramSocket;
import org.asyncio4j.net.AsyncServerSocket;
import org.asyncio4j.net.AsyncSocket;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramOptions;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.FileRegion;
import org.asyncio4j.net.NameResolution;
import org.asyncio4j.net.Networking;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.SocketServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.UnixConnectOptions;
import org.asyncio4j.net.UnixDatagramOptions;
import org.asyncio4j.net.UnixServerOptions;
import org.asyncio4j.net.Watchable;

/**
 * The half of {@link BaseEventLoop} that applications call for the network: looks whether the loop
 * can do what is asked for, and has an operation do it.
 */
abstract class NetworkLoop extends TransportHooks implements Networking, Watching {

  private final BlockingOffload offload;
  private final AddressResolver resolver;

  @SuppressWarnings("this-escape") // the collaborators keep it for later
  NetworkLoop(LoopContext context, String name) {
    super(context, name);
    this.offload = new BlockingOffload(self(), name);
    this.resolver = new AddressResolver(self(), offload, name);
  }

  @Override
  public <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.TCP_CLIENT);
    requireTls(options.tls());
    return new ConnectOperation(self(), resolver, options).run(protocolFactory);
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
      throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.TCP_SERVER);
    if (options.reusePort()) {
      require(Capability.REUSE_PORT);
    }
    requireLimit(options.maxConnections());
    requireTls(options.tls());
    return new ListenOperation(self(), resolver, options).run(protocolFactory);
  }

  @Override
  public <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
      Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.UDP);
    if (options.reusePort()) {
      require(Capability.REUSE_PORT);
    }
    return new DatagramOperation(self(), resolver, options).run(protocolFactory);
  }

  @Override
  public Transport startTls(
      Transport transport,
      StreamProtocol protocol,
      TlsOptions options,
      TlsRole role,
      ByteBuffer received)
      throws IOException {
    requireNonNull(transport, "transport");
    requireNonNull(protocol, "protocol");
    requireNonNull(options, "options");
    requireNonNull(role, "role");
    BufferChecks.requireReadable(requireNonNull(received, "received"), "startTls");
    require(Capability.TLS);
    return tls().start(transport, protocol, options, role, received);
  }

  @Override
  public <P extends StreamProtocol> Connection<P> createUnixConnection(
      Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireUnix(requireNonNull(options, "options").address());
    requireTls(options.tls());
    return new UnixConnectOperation(self(), options).run(protocolFactory);
  }

  @Override
  public Server createUnixServer(
      Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
      throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireUnix(requireNonNull(options, "options").address());
    requireLimit(options.maxConnections());
    requireTls(options.tls());
    return new UnixListenOperation(self(), options).run(protocolFactory);
  }

  @Override
  public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
      Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.UNIX_DATAGRAM);
    if (Stream.of(options.localAddress(), options.remoteAddress())
        .flatMap(Optional::stream)
        .anyMatch(AbstractUnixAddress.class::isInstance)) {
      require(Capability.UNIX_ABSTRACT);
    }
    return new UnixDatagramOperation(self(), options).run(protocolFactory);
  }

  // Sockets for direct use

  @Override
  public AsyncSocket openSocket(ProtocolFamily family) throws IOException {
    requireSockets(requireNonNull(family, "family"), Capability.UNIX_STREAM);
    return hooks().makeSocket(new SocketRequest(family));
  }

  @Override
  public AsyncServerSocket openServerSocket(ProtocolFamily family) throws IOException {
    requireSockets(requireNonNull(family, "family"), Capability.UNIX_STREAM);
    return hooks().makeServerSocket(new SocketRequest(family));
  }

  @Override
  public AsyncDatagramSocket openDatagramSocket(ProtocolFamily family) throws IOException {
    requireSockets(requireNonNull(family, "family"), Capability.UNIX_DATAGRAM);
    return hooks().makeDatagramSocket(new SocketRequest(family));
  }

  @Override
  public <P extends StreamProtocol> Connection<P> adoptSocket(
      Supplier<? extends P> protocolFactory, AdoptOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.SOCKETS);
    requireTls(options.tls());
    return AdoptOperation.connection(self(), options, protocolFactory);
  }

  @Override
  public Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
      throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    require(Capability.SOCKETS);
    requireLimit(options.maxConnections());
    requireTls(options.tls());
    return AdoptOperation.server(self(), options, protocolFactory);
  }

  @Override
  public long sendFile(Transport transport, FileRegion region, boolean fallback)
      throws IOException {
    requireNonNull(transport, "transport");
    requireNonNull(region, "region");
    return new SendFileOperation(self(), transport, region).run(fallback);
  }

  @Override
  public Handle addReader(Watchable what, Runnable callback) throws IOException {
    return watch(what, WatchDirection.READ, callback);
  }

  @Override
  public boolean removeReader(Watchable what) {
    return unwatch(what, WatchDirection.READ);
  }

  @Override
  public Handle addWriter(Watchable what, Runnable callback) throws IOException {
    return watch(what, WatchDirection.WRITE, callback);
  }

  @Override
  public boolean removeWriter(Watchable what) {
    return unwatch(what, WatchDirection.WRITE);
  }

  private Handle watch(Watchable what, WatchDirection direction, Runnable callback)
      throws IOException {
    requireWatching(requireNonNull(what, "what"));
    requireNonNull(callback, "callback");
    core().ensureMaySchedule();
    return hooks().watch(new WatchRequest(what, direction, callback, Context.copyCurrent()));
  }

  private boolean unwatch(Watchable what, WatchDirection direction) {
    requireWatching(requireNonNull(what, "what"));
    core().ensureOwner();
    return !self().isClosed() && hooks().unwatch(new UnwatchRequest(what, direction));
  }

  private void requireWatching(Watchable what) {
    require(
        switch (what) {
          case Watchable.OfSocket _ -> Capability.WATCHING;
          case Watchable.OfChannel _ -> Capability.WATCHING_CHANNELS;
          case Watchable.OfDescriptor _ -> Capability.WATCHING_DESCRIPTORS;
        });
  }

  private void requireSockets(ProtocolFamily family, Capability unix) {
    require(Capability.SOCKETS);
    if (family == StandardProtocolFamily.UNIX) {
      require(unix);
    }
    core().ensureMaySchedule();
  }

  @Override
  public List<InetAddress> resolve(String host) throws IOException {
    if (requireNonNull(host, "host").isEmpty()) {
      throw new IllegalArgumentException("host must be a name or an address but was empty");
    }
    Awaiter.requireBodyOf(self(), "resolve");
    return resolver.resolve(host, 0, resolver.defaults()).stream()
        .map(InetSocketAddress::getAddress)
        .toList();
  }

  @Override
  public void setNameResolution(NameResolution changed) {
    resolver.setDefaults(requireNonNull(changed, "changed"));
  }

  @Override
  public NameResolution nameResolution() {
    return resolver.defaults();
  }

  final BlockingOffload offload() {
    return offload;
  }

  final AddressResolver resolver() {
    return resolver;
  }

  private void requireUnix(SocketAddress address) {
    require(Capability.UNIX_STREAM);
    if (address instanceof AbstractUnixAddress) {
      require(Capability.UNIX_ABSTRACT);
    }
  }

  private void requireTls(Optional<TlsOptions> wanted) {
    if (wanted.isPresent()) {
      require(Capability.TLS);
    }
  }

  private void requireLimit(int maxConnections) {
    if (maxConnections < Integer.MAX_VALUE) {
      require(Capability.CONNECTION_LIMIT);
    }
  }

  private BaseEventLoop self() {
    return (BaseEventLoop) this;
  }
}
