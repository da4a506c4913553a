package org.asyncio4j.tck.mutants;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.asyncio4j.net.ConnectOptions;
import org.asyncio4j.net.Connection;
import org.asyncio4j.net.NameResolution;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.LoopContext;

/** Defects of chapter 8 that concern hosts with several addresses, and who finds them. */
final class ClientRaceMutants {

  private ClientRaceMutants() {}

  /** Gives each address as long as it takes. */
  @Defect(breaks = "8.20")
  static final class WaitsForEachAddress extends NetworkMutant {

    WaitsForEachAddress(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      return super.createConnection(
          protocolFactory,
          options.withoutHappyEyeballs().withFirstFamilyCount(options.firstFamilyCount()));
    }
  }

  /** Tries the addresses as the resolver has them. */
  @Defect(breaks = "8.21")
  static final class KeepsTheOrderOfTheResolver extends NetworkMutant {

    KeepsTheOrderOfTheResolver(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      return super.createConnection(protocolFactory, options.withFirstFamilyCount(0));
    }
  }

  /** Gives resolvers as long as they take. */
  @Defect(breaks = "8.22")
  static final class WaitsForTheResolver extends NetworkMutant {

    WaitsForTheResolver(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends StreamProtocol> Connection<P> createConnection(
        Supplier<? extends P> protocolFactory, ConnectOptions options) throws IOException {
      return super.createConnection(
          protocolFactory,
          options
              .nameResolution()
              .map(how -> options.withNameResolution(how.withTimeLimit(Duration.ofHours(1))))
              .orElse(options));
    }
  }

  /** Asks the resolver of the system, unless the options say otherwise. */
  @Defect(breaks = "8.23", also = "8.24")
  static final class KeepsItsResolver extends NetworkMutant {

    KeepsItsResolver(LoopContext context) {
      super(context);
    }

    @Override
    public void setNameResolution(NameResolution changed) {}
  }

  /** Asks for everything. */
  @Defect(breaks = "8.24")
  static final class AsksForLiterals extends NetworkMutant {

    AsksForLiterals(LoopContext context) {
      super(context);
    }

    @Override
    public List<InetAddress> resolve(String host) throws IOException {
      return InetAddresses.isInetAddress(host)
          ? nameResolution().resolver().resolve(host)
          : super.resolve(host);
    }
  }
}
