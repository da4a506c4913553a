package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tck.probe.KitNames;

/** Defects of chapter 8 that concern how a connection comes about. */
final class ClientMutants {

  private ClientMutants() {}

  private static ConnectOptions withoutLocalAddress(ConnectOptions options) {
    ConnectOptions changed =
        ConnectOptions.to(options.host(), options.port())
            .withoutHappyEyeballs()
            .withFirstFamilyCount(options.firstFamilyCount());
    if (options.happyEyeballsDelay().isPresent()) {
      changed = changed.withHappyEyeballsDelay(options.happyEyeballsDelay().get());
    }
    if (options.nameResolution().isPresent()) {
      changed = changed.withNameResolution(options.nameResolution().get());
    }
    return options.tls().map(changed::withTls).orElse(changed);
  }

  /** Returns another transport than the one that the protocol was told of. */
  @Defect(breaks = "8.1")
  static final class ReturnsAnotherTransport extends NetworkMutant {

    ReturnsAnotherTransport(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      Connection<P> made = super.createConnection(protocolFactory, options);
      return new Connection<>(new ForwardingTransport(made.transport()), made.protocol());
    }
  }

  /** Makes the protocol before there is a connection. */
  @Defect(
      breaks = "8.2",
      also = {"8.7", "8.10", "8.11", "8.12", "8.14", "8.18"})
  static final class MakesTheProtocolFirst extends NetworkMutant {

    MakesTheProtocolFirst(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      P protocol = protocolFactory.get();
      return super.createConnection(() -> protocol, options);
    }
  }

  /** Says that a connect was refused but not where. */
  @Defect(breaks = "8.3")
  static final class DoesNotNameTheAddress extends NetworkMutant {

    DoesNotNameTheAddress(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      try {
        return super.createConnection(protocolFactory, options);
      } catch (ConnectException failure) {
        String message = "Connection refused";
        ConnectException vague = new ConnectException(message);
        for (Throwable other : failure.getSuppressed()) {
          vague.addSuppressed(other);
        }
        throw vague;
      }
    }
  }

  /** Gives up when the first address does not answer. */
  @Defect(breaks = "8.4", also = "8.5")
  static final class TriesTheFirstAddressOnly extends NetworkMutant {

    TriesTheFirstAddressOnly(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      return super.createConnection(
          protocolFactory,
          options.host().equals(KitNames.SEVERAL)
              ? ConnectOptions.to("::1", options.port())
              : options);
    }
  }

  /** Forgets what the other addresses failed with. */
  @Defect(breaks = "8.5")
  static final class TellsTheFirstFailureOnly extends NetworkMutant {

    TellsTheFirstFailureOnly(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      try {
        return super.createConnection(protocolFactory, options);
      } catch (ConnectException failure) {
        throw new ConnectException(failure.getMessage());
      }
    }
  }

  /** Connects from wherever the system likes. */
  @Defect(
      breaks = "8.6",
      also = {"8.7", "8.8"})
  static final class IgnoresTheLocalAddress extends NetworkMutant {

    IgnoresTheLocalAddress(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      return super.createConnection(protocolFactory, withoutLocalAddress(options));
    }
  }

  /** Says that a bind was refused but not of what. */
  @Defect(breaks = "8.7")
  static final class DoesNotNameTheLocalAddress extends NetworkMutant {

    DoesNotNameTheLocalAddress(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      try {
        return super.createConnection(protocolFactory, options);
      } catch (BindException failure) {
        throw new BindException("Address in use");
      }
    }
  }

  /** Connects from elsewhere if the local address does not fit. */
  @Defect(breaks = "8.8")
  static final class IgnoresLocalAddressesOfAnotherFamily extends NetworkMutant {

    IgnoresLocalAddressesOfAnotherFamily(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      boolean ipv6 =
          options.localAddress().map(it -> it.getAddress() instanceof Inet6Address).orElse(false);
      return super.createConnection(protocolFactory, ipv6 ? withoutLocalAddress(options) : options);
    }
  }

  /** Looks up whatever host it is given. */
  @Defect(breaks = "8.9", also = "8.12")
  static final class LooksLiteralsUp extends NetworkMutant {

    LooksLiteralsUp(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      if (currentTask().isPresent()) {
        InetAddress ignored =
            this.<InetAddress>runInExecutor(() -> InetAddress.ofLiteral("127.0.0.1")).await();
      }
      return super.createConnection(protocolFactory, options);
    }
  }

  /** Wraps what the resolver throws. */
  @Defect(breaks = "8.10")
  static final class DoesNotSayThatAHostIsUnknown extends NetworkMutant {

    DoesNotSayThatAHostIsUnknown(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      try {
        return super.createConnection(protocolFactory, options);
      } catch (UnknownHostException failure) {
        throw new IOException("Connect failed", failure);
      }
    }
  }

  /** Throws something else where no task runs. */
  @Defect(breaks = "8.11")
  static final class RefusesCallbacksInItsOwnWay extends NetworkMutant {

    RefusesCallbacksInItsOwnWay(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      if (currentTask().isEmpty()) {
        throw new UnsupportedOperationException("not here");
      }
      return super.createConnection(protocolFactory, options);
    }
  }
}
