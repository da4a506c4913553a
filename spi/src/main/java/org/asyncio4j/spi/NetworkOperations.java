package org.asyncio4j.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.asyncio4j.internal.buffer.BufferChecks;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.options.AdoptOptions;
import org.asyncio4j.net.options.ConnectOptions;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.net.options.ServerOptions;
import org.asyncio4j.net.options.SocketServerOptions;
import org.asyncio4j.net.options.UnixConnectOptions;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.net.options.UnixServerOptions;
import org.asyncio4j.net.socket.AbstractUnixAddress;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.net.tls.TlsRole;
import org.asyncio4j.spi.internal.connect.ConnectOperation;
import org.asyncio4j.spi.internal.connect.UnixConnectOperation;
import org.asyncio4j.spi.internal.datagram.DatagramOperation;
import org.asyncio4j.spi.internal.datagram.UnixDatagramOperation;
import org.asyncio4j.spi.internal.net.AddressResolver;
import org.asyncio4j.spi.internal.net.NetworkLoop;
import org.asyncio4j.spi.internal.net.TlsSupport;
import org.asyncio4j.spi.internal.sendfile.SendFileOperation;
import org.asyncio4j.spi.internal.serve.AdoptOperation;
import org.asyncio4j.spi.internal.serve.ListenOperation;
import org.asyncio4j.spi.internal.serve.UnixListenOperation;

/** Checks that the loop has the needed capability, and starts the operation. */
final class NetworkOperations {

  private final NetworkLoop loop;
  private final CapabilityChecks checks;
  private final AddressResolver resolver;
  private final TlsSupport tls;

  NetworkOperations(
      NetworkLoop loop, CapabilityChecks checks, AddressResolver resolver, TlsSupport tls) {
    this.loop = loop;
    this.checks = checks;
    this.resolver = resolver;
    this.tls = tls;
  }

  <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    checks.require(Capability.TCP_CLIENT);
    checks.requireTls(options.tls());
    return new ConnectOperation(loop, resolver, options).run(protocolFactory);
  }

  Server createServer(Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
      throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    checks.require(Capability.TCP_SERVER);
    if (options.reusePort()) {
      checks.require(Capability.REUSE_PORT);
    }
    checks.requireLimit(options.maxConnections());
    checks.requireTls(options.tls());
    return new ListenOperation(loop, resolver, options).run(protocolFactory);
  }

  <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
      Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    checks.require(Capability.UDP);
    if (options.reusePort()) {
      checks.require(Capability.REUSE_PORT);
    }
    return new DatagramOperation(loop, resolver, options).run(protocolFactory);
  }

  Transport startTls(
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
    checks.require(Capability.TLS);
    return tls.start(transport, protocol, options, role, received);
  }

  <P extends StreamProtocol> Connection<P> createUnixConnection(
      Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    checks.requireUnix(requireNonNull(options, "options").address());
    checks.requireTls(options.tls());
    return new UnixConnectOperation(loop, options).run(protocolFactory);
  }

  Server createUnixServer(
      Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
      throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    checks.requireUnix(requireNonNull(options, "options").address());
    checks.requireLimit(options.maxConnections());
    checks.requireTls(options.tls());
    return new UnixListenOperation(loop, options).run(protocolFactory);
  }

  <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
      Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    checks.require(Capability.UNIX_DATAGRAM);
    if (Stream.of(options.localAddress(), options.remoteAddress())
        .flatMap(Optional::stream)
        .anyMatch(AbstractUnixAddress.class::isInstance)) {
      checks.require(Capability.UNIX_ABSTRACT);
    }
    return new UnixDatagramOperation(loop, options).run(protocolFactory);
  }

  <P extends StreamProtocol> Connection<P> adoptSocket(
      Supplier<? extends P> protocolFactory, AdoptOptions options) throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    checks.require(Capability.SOCKETS);
    checks.requireTls(options.tls());
    return AdoptOperation.connection(loop, options, protocolFactory);
  }

  Server createServer(
      Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
      throws IOException {
    requireNonNull(protocolFactory, "protocolFactory");
    requireNonNull(options, "options");
    checks.require(Capability.SOCKETS);
    checks.requireLimit(options.maxConnections());
    checks.requireTls(options.tls());
    return AdoptOperation.server(loop, options, protocolFactory);
  }

  long sendFile(Transport transport, FileRegion region, boolean fallback) throws IOException {
    requireNonNull(transport, "transport");
    requireNonNull(region, "region");
    return new SendFileOperation(loop, transport, region).run(fallback);
  }

  List<InetAddress> resolve(String host) throws IOException {
    if (requireNonNull(host, "host").isEmpty()) {
      throw new IllegalArgumentException("host must not be empty");
    }
    loop.requireTask("resolve");
    return resolver.resolve(host, 0, resolver.defaults()).stream()
        .map(InetSocketAddress::getAddress)
        .toList();
  }
}
