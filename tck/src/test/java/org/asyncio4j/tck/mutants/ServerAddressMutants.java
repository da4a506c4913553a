package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.function.Supplier;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.ServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SocketTransportRequest;

/** Defects of chapter 9 that concern several addresses, and storms. */
final class ServerAddressMutants {

  private ServerAddressMutants() {}

  /** Binds the wildcards of both families, the second of which is taken by the first. */
  @Defect(breaks = "9.34")
  static final class BindsBothWildcards extends NetworkMutant {

    BindsBothWildcards(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      if (options.hosts().containsAll(List.of("0.0.0.0", "::"))) {
        Server first = super.createServer(protocolFactory, options.withHosts(List.of("::")));
        try {
          return super.createServer(protocolFactory, options.withHosts(List.of("0.0.0.0")));
        } catch (BindException taken) {
          first.close();
          throw taken;
        }
      }
      return super.createServer(protocolFactory, options);
    }
  }

  /** Loses its temper when too many connections are reset. */
  @Defect(
      breaks = "9.35",
      also = {"9.38", "9.39"})
  static final class ReportsStorms extends NetworkMutant {

    private int resets;

    ReportsStorms(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Between between =
          new Between(request) {
            @Override
            public void connectionLost(Throwable exception) {
              if (exception != null && ++resets > 10) {
                callExceptionHandler(ErrorReport.of("too many resets").withException(exception));
              }
              super.connectionLost(exception);
            }
          };
      return super.makeSocketTransport(withProtocol(request, between));
    }
  }

  /** Insists on all addresses. */
  @Defect(breaks = "9.36")
  static final class WantsAllAddresses extends NetworkMutant {

    WantsAllAddresses(LoopContext context) {
      super(context);
    }

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options)
        throws IOException {
      if (options.hosts().size() > 1) {
        for (String host : options.hosts()) {
          super.createServer(protocolFactory, ServerOptions.on(host, 0).withReuseAddress(true))
              .close();
        }
      }
      return super.createServer(protocolFactory, options);
    }
  }
}
