package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramOptions;
import org.asyncio4j.net.DatagramProtocol;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.spi.DatagramTransportRequest;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.OpenDatagramRequest;
import org.asyncio4j.spi.SocketHandle;

/** Defects of chapter 18 that concern how endpoints are made and end. */
final class UdpEndpointMutants {

  private UdpEndpointMutants() {}

  /** Tries out whether it can bind before it does. */
  @Defect(
      breaks = "18.1",
      also = {"18.2", "18.3", "18.4", "18.5"})
  static final class OpensTwice extends DatagramMutant {

    OpensTwice(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
        Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException {
      super.createDatagramEndpoint(() -> new DatagramProtocol() {}, options).transport().abort();
      return super.createDatagramEndpoint(protocolFactory, options);
    }
  }

  /** Never connects a socket. */
  @Defect(
      breaks = "18.2",
      also = {"18.17", "18.24"})
  static final class BindsInsteadOfConnecting extends DatagramMutant {

    BindsInsteadOfConnecting(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
        Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException {
      return super.createDatagramEndpoint(
          protocolFactory,
          options.remoteAddress().isPresent() ? options.withBroadcast(true) : options);
    }
  }

  /** Tells the protocol a few ticks later. */
  @Defect(breaks = "18.3")
  static final class CallsConnectionMadeLate extends DatagramMutant {

    CallsConnectionMadeLate(LoopContext context) {
      super(context);
    }

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      return new Interposed(request) {
        @Override
        public void connectionMade(DatagramTransport transport) {
          callSoon(() -> callSoon(() -> callSoon(() -> tell(transport), request.context())));
        }

        private void tell(DatagramTransport transport) {
          super.connectionMade(transport);
        }
      };
    }
  }

  /** Says in its own words that there is no protocol. */
  @Defect(breaks = "18.4")
  static final class WrapsWhatTheFactoryThrows extends DatagramMutant {

    WrapsWhatTheFactoryThrows(LoopContext context) {
      super(context);
    }

    @Override
    public <P extends DatagramProtocol> DatagramConnection<P> createDatagramEndpoint(
        Supplier<? extends P> protocolFactory, DatagramOptions options) throws IOException {
      return super.createDatagramEndpoint(
          () -> {
            try {
              return protocolFactory.get();
            } catch (RuntimeException thrown) {
              throw new IllegalStateException("no protocol", thrown);
            }
          },
          options);
    }
  }

  /** Forgets an endpoint that nobody waits for any more. */
  @Defect(breaks = "18.5")
  static final class LosesAnEndpoint extends DatagramMutant {

    LosesAnEndpoint(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void close() {
          if (!request.waiter().orElseThrow().isCancelled()) {
            super.close();
          }
        }
      };
    }
  }

  /** Calls connectionLost for each close. */
  @Defect(breaks = "18.6")
  static final class IsLostTwice extends DatagramMutant {

    IsLostTwice(LoopContext context) {
      super(context);
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void close() {
          if (isClosing()) {
            callSoon(() -> request.protocol().connectionLost(null), request.context());
          }
          super.close();
        }
      };
    }
  }

  /** Takes an abort for an error. */
  @Defect(breaks = "18.7")
  static final class TellsAbortAsAnError extends DatagramMutant {

    private final List<DatagramProtocol> aborted = new ArrayList<>();

    TellsAbortAsAnError(LoopContext context) {
      super(context);
    }

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      return new Interposed(request) {
        @Override
        public void connectionLost(Throwable exception) {
          super.connectionLost(
              aborted.contains(application) ? new IOException("aborted") : exception);
        }
      };
    }

    @Override
    DatagramTransport wrap(DatagramTransport real, DatagramTransportRequest request) {
      return new ForwardingDatagrams(real) {
        @Override
        public void abort() {
          aborted.add(request.protocol());
          super.abort();
        }
      };
    }
  }

  /** Allows broadcasts to all. */
  @Defect(breaks = "18.8")
  static final class AlwaysBroadcasts extends DatagramMutant {

    AlwaysBroadcasts(LoopContext context) {
      super(context);
    }

    @Override
    protected SocketHandle openDatagram(OpenDatagramRequest request) throws IOException {
      return super.openDatagram(
          new OpenDatagramRequest(request.family(), request.local(), request.reusePort(), true));
    }
  }

  /** Shares every port. */
  @Defect(breaks = "18.9")
  static final class AlwaysSharesThePort extends DatagramMutant {

    AlwaysSharesThePort(LoopContext context) {
      super(context);
    }

    @Override
    protected SocketHandle openDatagram(OpenDatagramRequest request) throws IOException {
      return super.openDatagram(
          new OpenDatagramRequest(request.family(), request.local(), true, request.broadcast()));
    }
  }

  /** Calls protocols in a context of its own. */
  @Defect(breaks = "18.10")
  static final class ForgetsTheContext extends DatagramMutant {

    ForgetsTheContext(LoopContext context) {
      super(context);
    }

    @Override
    protected DatagramTransport makeDatagramTransport(DatagramTransportRequest request) {
      return super.makeDatagramTransport(with(request, request.protocol(), Context.empty()));
    }
  }

  /** Says farewell to all when it is closed. */
  @Defect(breaks = "18.11")
  static final class CallsProtocolsWhenClosed extends DatagramMutant {

    private final List<DatagramProtocol> protocols = new ArrayList<>();

    CallsProtocolsWhenClosed(LoopContext context) {
      super(context);
    }

    @Override
    DatagramProtocol between(DatagramTransportRequest request) {
      protocols.add(request.protocol());
      return request.protocol();
    }

    @Override
    protected void closeResources() {
      protocols.forEach(protocol -> protocol.connectionLost(null));
      super.closeResources();
    }
  }
}
