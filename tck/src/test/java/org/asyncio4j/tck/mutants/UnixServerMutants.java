package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.asyncio4j.net.AbstractUnixAddress;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TransportSocket;
import org.asyncio4j.net.UnixConnectOptions;
import org.asyncio4j.net.UnixServerOptions;
import org.asyncio4j.spi.LoopContext;

/** Defects of chapter 19 that concern servers and their files. */
final class UnixServerMutants {

  private UnixServerMutants() {}

  static Path pathOf(UnixServerOptions options) {
    return ((UnixDomainSocketAddress) options.address()).getPath();
  }

  /** Does not say where it serves. */
  @Defect(breaks = "19.1")
  static final class DoesNotTellThePath extends NetworkMutant {

    DoesNotTellThePath(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createUnixServer(protocolFactory, options)) {
        @Override
        public List<TransportSocket> sockets() {
          return List.of();
        }
      };
    }
  }

  /** Stops at whatever is in the way. */
  @Defect(breaks = "19.4")
  static final class RefusesSocketFiles extends NetworkMutant {

    RefusesSocketFiles(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      if (currentTask().isPresent() && Files.exists(pathOf(options))) {
        throw new BindException("Address already in use: " + pathOf(options));
      }
      return super.createUnixServer(protocolFactory, options);
    }
  }

  /** Deletes whatever is in the way. */
  @Defect(breaks = "19.5")
  static final class DeletesFiles extends NetworkMutant {

    DeletesFiles(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      boolean ignored = Files.deleteIfExists(pathOf(options));
      return super.createUnixServer(protocolFactory, options);
    }
  }

  /** Never deletes its file. */
  @Defect(breaks = "19.6", also = "19.44")
  static final class LeavesItsFile extends NetworkMutant {

    LeavesItsFile(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      return super.createUnixServer(protocolFactory, options.withCleanupSocket(false));
    }
  }

  /** Deletes what is in the place of its file, whoever made it. */
  @Defect(breaks = "19.7")
  static final class DeletesTheFileOfAnother extends NetworkMutant {

    DeletesTheFileOfAnother(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createUnixServer(protocolFactory, options)) {
        @Override
        public void close() {
          super.close();
          try {
            boolean ignored = options.cleanupSocket() && Files.deleteIfExists(pathOf(options));
          } catch (IOException refused) {
            throw new UncheckedIOException(refused);
          }
        }
      };
    }
  }

  /** Always deletes its file. */
  @Defect(breaks = "19.8")
  static final class DeletesItsFileAlways extends NetworkMutant {

    DeletesItsFileAlways(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      return super.createUnixServer(protocolFactory, options.withCleanupSocket(true));
    }
  }

  /** Throws something else where no task runs. */
  @Defect(breaks = "19.9")
  static final class RefusesCallbacksInItsOwnWay extends NetworkMutant {

    RefusesCallbacksInItsOwnWay(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      if (currentTask().isEmpty()) {
        throw new UnsupportedOperationException("not here");
      }
      return super.createUnixServer(protocolFactory, options);
    }
  }

  /** Takes abstract names for those of files. */
  @Defect(breaks = "19.14")
  static final class MakesFilesOfAbstractNames extends NetworkMutant {

    MakesFilesOfAbstractNames(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      return options.address() instanceof AbstractUnixAddress named
          ? super.createUnixServer(protocolFactory, UnixServerOptions.on(fileOf(named)))
          : super.createUnixServer(protocolFactory, options);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createUnixConnection(
        Supplier<? extends P> protocolFactory, UnixConnectOptions options) throws IOException {
      return options.address() instanceof AbstractUnixAddress named
          ? super.createUnixConnection(protocolFactory, UnixConnectOptions.to(fileOf(named)))
          : super.createUnixConnection(protocolFactory, options);
    }

    private static Path fileOf(AbstractUnixAddress address) {
      return Path.of(System.getProperty("java.io.tmpdir"), address.name());
    }
  }

  /** Serves, thinks better of it, and serves again. */
  @Defect(breaks = "19.15")
  static final class ServesTwice extends NetworkMutant {

    ServesTwice(LoopContext context) {
      super(context);
    }

    @Override
    public Server createUnixServer(
        Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options)
        throws IOException {
      super.createUnixServer(protocolFactory, options).close();
      return super.createUnixServer(protocolFactory, options);
    }
  }
}
