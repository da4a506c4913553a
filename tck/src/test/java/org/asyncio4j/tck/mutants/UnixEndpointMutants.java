package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.AbstractUnixAddress;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.UnixDatagramOptions;
import org.asyncio4j.spi.DatagramTransportRequest;
import org.asyncio4j.spi.LoopContext;

/** Defects of chapter 19 that concern endpoints and their files. */
final class UnixEndpointMutants {

  private UnixEndpointMutants() {}

  private static Optional<Path> pathOf(UnixDatagramOptions options) {
    return options
        .localAddress()
        .filter(UnixDomainSocketAddress.class::isInstance)
        .map(address -> ((UnixDomainSocketAddress) address).getPath());
  }

  /** Opens an endpoint, thinks better of it, and opens another. */
  @Defect(breaks = "19.16")
  static final class OpensTwice extends UnixDatagramMutant {

    OpensTwice(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
        Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
      if (options.localAddress().isPresent() && options.remoteAddress().isPresent()) {
        super.createUnixDatagramEndpoint(() -> new DatagramProtocol() {}, options)
            .transport()
            .abort();
      }
      return super.createUnixDatagramEndpoint(protocolFactory, options);
    }
  }

  /** Stops at whatever is in the way. */
  @Defect(
      breaks = "19.19",
      also = {"19.22"})
  static final class StopsAtSocketFiles extends UnixDatagramMutant {

    StopsAtSocketFiles(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
        Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
      Optional<Path> path = pathOf(options);
      if (currentTask().isPresent() && path.filter(Files::exists).isPresent()) {
        throw new BindException("Address already in use: " + path.get());
      }
      return super.createUnixDatagramEndpoint(protocolFactory, options);
    }
  }

  /** Deletes whatever is in the way. */
  @Defect(breaks = "19.20")
  static final class DeletesAnyFile extends UnixDatagramMutant {

    DeletesAnyFile(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
        Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
      if (pathOf(options).isPresent()) {
        boolean ignored = Files.deleteIfExists(pathOf(options).get());
      }
      return super.createUnixDatagramEndpoint(protocolFactory, options);
    }
  }

  /** Never deletes its file. */
  @Defect(
      breaks = "19.21",
      also = {"19.26"})
  static final class KeepsItsFile extends UnixDatagramMutant {

    KeepsItsFile(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
        Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
      return super.createUnixDatagramEndpoint(protocolFactory, options.withCleanupSocket(false));
    }
  }

  /** Does not think of files when the loop is closed. */
  @Defect(breaks = "19.21")
  static final class KeepsItsFileInAClosedLoop extends UnixDatagramMutant {

    KeepsItsFileInAClosedLoop(LoopContext context) {
      super(context);
    }

    @Override
    protected DatagramTransport makeDatagramTransport(DatagramTransportRequest request) {
      return super.makeDatagramTransport(
          new DatagramTransportRequest(
              request.socket(),
              request.protocol(),
              request.peer(),
              request.waiter(),
              request.context(),
              () -> {
                if (!isClosed()) {
                  request.beforeClose().run();
                }
              }));
    }
  }

  /** Deletes what is in the place of its file, whoever made it. */
  @Defect(
      breaks = "19.22",
      also = {"19.19", "19.23"})
  static final class DeletesTheFileOfItsSuccessor extends UnixDatagramMutant {

    DeletesTheFileOfItsSuccessor(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      SocketAddress address = request.socket().localAddress();
      return new ForwardingDatagrams(real) {
        @Override
        public void close() {
          super.close();
          if (address instanceof UnixDomainSocketAddress file
              && !file.getPath().toString().isEmpty()) {
            callSoon(() -> delete(file.getPath()));
          }
        }
      };
    }

    private static void delete(Path path) {
      try {
        boolean ignored = Files.deleteIfExists(path);
      } catch (IOException refused) {
        throw new UncheckedIOException(refused);
      }
    }
  }

  /** Always deletes its file. */
  @Defect(
      breaks = "19.23",
      also = {"19.19"})
  static final class AlwaysDeletesItsFile extends UnixDatagramMutant {

    AlwaysDeletesItsFile(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
        Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
      return super.createUnixDatagramEndpoint(protocolFactory, options.withCleanupSocket(true));
    }
  }

  /** Throws something else where no task runs. */
  @Defect(breaks = "19.27")
  static final class RefusesInItsOwnWay extends UnixDatagramMutant {

    RefusesInItsOwnWay(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
        Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
      if (currentTask().isEmpty()) {
        throw new UnsupportedOperationException("not here");
      }
      return super.createUnixDatagramEndpoint(protocolFactory, options);
    }
  }

  /** Leaves the file that it has bound when nobody receives at the remote address. */
  @Defect(breaks = "19.28")
  static final class LeavesItsFileOnFailure extends UnixDatagramMutant {

    LeavesItsFileOnFailure(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
        Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
      try {
        return super.createUnixDatagramEndpoint(protocolFactory, options);
      } catch (IOException failure) {
        if (options.remoteAddress().isPresent() && pathOf(options).isPresent()) {
          bindAndLeave(pathOf(options).get());
        }
        throw failure;
      }
    }

    // What has failed has deleted its file, which cannot be kept from here.
    private void bindAndLeave(Path path) throws IOException {
      UnixDatagramOptions options = UnixDatagramOptions.boundTo(path).withCleanupSocket(false);
      super.createUnixDatagramEndpoint(() -> new DatagramProtocol() {}, options)
          .transport()
          .abort();
    }
  }

  /** Takes abstract names for those of files. */
  @Defect(breaks = "19.30")
  static final class MakesFilesOfNames extends UnixDatagramMutant {

    MakesFilesOfNames(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createUnixDatagramEndpoint(
        Supplier<? extends P> protocolFactory, UnixDatagramOptions options) throws IOException {
      UnixDatagramOptions changed = options;
      if (options.localAddress().orElse(null) instanceof AbstractUnixAddress local) {
        changed = changed.withLocalAddress(fileOf(local));
      }
      if (options.remoteAddress().orElse(null) instanceof AbstractUnixAddress remote) {
        changed = changed.withRemoteAddress(fileOf(remote));
      }
      return super.createUnixDatagramEndpoint(protocolFactory, changed);
    }

    private static SocketAddress fileOf(AbstractUnixAddress address) {
      return UnixDomainSocketAddress.of(
          Path.of(System.getProperty("java.io.tmpdir"), address.name()));
    }
  }
}
