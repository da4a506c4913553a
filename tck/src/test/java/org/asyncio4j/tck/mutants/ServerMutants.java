package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TransportSocket;
import org.asyncio4j.spi.BindSocketRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketHandle;

/** Defects of chapter 9 that concern listening sockets. */
final class ServerMutants {

  private ServerMutants() {}

  /** Serves but does not say so. */
  @Defect(
      breaks = "9.1",
      also = {"9.4", "9.14", "9.28", "9.29"})
  static final class DoesNotSayThatItServes extends NetworkMutant {

    DoesNotSayThatItServes(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public boolean isServing() {
          return false;
        }
      };
    }
  }

  /** Takes all interfaces for those of IPv4. */
  @Defect(breaks = "9.2")
  static final class ServesOneFamilyOnly extends NetworkMutant {

    ServesOneFamilyOnly(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return super.createServer(
          protocolFactory,
          options.hosts().isEmpty() ? options.withHosts(List.of("0.0.0.0")) : options);
    }
  }

  /** Binds an address as often as it is named. */
  @Defect(breaks = "9.3")
  static final class BindsDuplicates extends NetworkMutant {

    BindsDuplicates(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      if (new HashSet<>(options.hosts()).size() < options.hosts().size()) {
        Server first = super.createServer(protocolFactory, options.withReusePort(true));
        Server second = super.createServer(protocolFactory, options.withReusePort(true));
        return new ForwardingServer(first) {
          @Override
          public List<TransportSocket> sockets() {
            return List.of(real.sockets().getFirst(), second.sockets().getFirst());
          }
        };
      }
      return super.createServer(protocolFactory, options);
    }
  }

  /** Does not wait to be started. */
  @Defect(
      breaks = "9.4",
      also = {"9.40", "9.41"})
  static final class StartsAtOnce extends NetworkMutant {

    StartsAtOnce(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return super.createServer(protocolFactory, options.withStartServing(true));
    }
  }

  /** Says that an address is taken but not which. */
  @Defect(breaks = "9.5", also = "9.6")
  static final class DoesNotNameAnAddressThatIsTaken extends NetworkMutant {

    DoesNotNameAnAddressThatIsTaken(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      try {
        return super.createServer(protocolFactory, options);
      } catch (BindException failure) {
        throw new BindException(
            failure.getMessage().contains("192.0.2.1") ? failure.getMessage() : "Address in use");
      }
    }
  }

  /** Leaves a socket bound when the next one cannot be. */
  @Defect(breaks = "9.6")
  static final class LeavesWhatItHasBound extends NetworkMutant {

    LeavesWhatItHasBound(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      try {
        return super.createServer(protocolFactory, options);
      } catch (BindException failure) {
        if (options.hosts().size() > 1) {
          InetSocketAddress first =
              new InetSocketAddress(options.hosts().getFirst(), options.port());
          SocketHandle ignored = bindSocket(new BindSocketRequest(first, 1, false, false, false));
        }
        throw failure;
      }
    }
  }

  /** Hands out sockets that can be closed. */
  @Defect(breaks = "9.7")
  static final class HandsOutItsSockets extends NetworkMutant {

    HandsOutItsSockets(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return new ForwardingServer(super.createServer(protocolFactory, options)) {
        @Override
        public List<TransportSocket> sockets() {
          return super.sockets().stream().<TransportSocket>map(Open::new).toList();
        }
      };
    }

    private record Open(TransportSocket socket) implements TransportSocket, AutoCloseable {

      @Override
      public SocketAddress localAddress() {
        return socket.localAddress();
      }

      @Override
      public Optional<SocketAddress> remoteAddress() {
        return socket.remoteAddress();
      }

      @Override
      public <T> T option(SocketOption<T> option) throws IOException {
        return socket.option(option);
      }

      @Override
      public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        socket.setOption(option, value);
      }

      @Override
      public void close() {}
    }
  }

  /** Does not care for reuseAddress. */
  @Defect(breaks = "9.8")
  static final class ReusesAddressesAlways extends NetworkMutant {

    ReusesAddressesAlways(LoopContext context) {
      super(context);
    }

    @Override
    protected SocketHandle bindSocket(BindSocketRequest request) throws IOException {
      return super.bindSocket(
          new BindSocketRequest(
              request.address(),
              request.backlog(),
              true,
              request.reusePort(),
              request.keepAlive()));
    }
  }

  /** Does not care for reusePort. */
  @Defect(breaks = "9.9")
  static final class DoesNotSharePorts extends NetworkMutant {

    DoesNotSharePorts(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      return super.createServer(protocolFactory, options.withReusePort(false));
    }
  }

  /** Throws something else where no task runs. */
  @Defect(breaks = "9.10")
  static final class RefusesCallbacksInItsOwnWay extends NetworkMutant {

    RefusesCallbacksInItsOwnWay(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      if (currentTask().isEmpty()) {
        throw new UnsupportedOperationException("not here");
      }
      return super.createServer(protocolFactory, options);
    }
  }

  /** Takes the loopback for an address that it does not have. */
  @Defect(breaks = "9.11")
  static final class ServesSomewhereElse extends NetworkMutant {

    ServesSomewhereElse(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      try {
        return super.createServer(protocolFactory, options);
      } catch (BindException failure) {
        if (options.hosts().contains("192.0.2.1")) {
          return super.createServer(protocolFactory, options.withHosts(List.of("127.0.0.1")));
        }
        throw failure;
      }
    }
  }
}
