package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.TlsTransportRequest;

/** Defects of chapter 17 that streams, names and cancellations show. */
final class TlsStreamMutants {

  private TlsStreamMutants() {}

  /** Answers with the transport that does not encrypt. */
  @Defect(
      breaks = "17.27",
      also = {"17.23", "17.24", "17.26"})
  static final class AnswersWithThePlainOne extends NetworkMutant {

    AnswersWithThePlainOne(LoopContext context) {
      super(context);
    }

    @Override
    public Transport startTls(
        Transport transport,
        StreamProtocol protocol,
        TlsOptions options,
        TlsRole role,
        ByteBuffer received)
        throws IOException {
      Transport ignored = super.startTls(transport, protocol, options, role, received);
      return transport;
    }
  }

  /** Takes what came too early for what comes later. */
  @Defect(
      breaks = "17.28",
      also = {"17.24"})
  static final class ReadsWhatCameEarly extends NetworkMutant {

    ReadsWhatCameEarly(LoopContext context) {
      super(context);
    }

    @Override
    public Transport startTls(
        Transport transport,
        StreamProtocol protocol,
        TlsOptions options,
        TlsRole role,
        ByteBuffer received)
        throws IOException {
      if (received.hasRemaining() && protocol instanceof Protocol listener) {
        listener.dataReceived(received);
      }
      return super.startTls(transport, protocol, options, role, ByteBuffer.allocate(0));
    }
  }

  /** Has one context for everybody. */
  @Defect(breaks = "17.29")
  static final class KnowsOneName extends NetworkMutant {

    KnowsOneName(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      TlsOptions asked = request.options();
      TlsOptions changed = asked.withContextChooser(name -> asked.context());
      return super.makeTlsTransport(
          new TlsTransportRequest(
              request.carrier(),
              request.protocol(),
              changed,
              request.role(),
              request.waiter(),
              request.owner(),
              request.context()));
    }
  }

  /** Goes on with a handshake that nobody waits for any more. */
  @Defect(breaks = "17.30")
  static final class GoesOnWithTheHandshake extends NetworkMutant {

    GoesOnWithTheHandshake(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      Transport made = super.makeTlsTransport(request);
      if (request.waiter().isEmpty()) {
        return made;
      }
      return new ForwardingTransport(made) {
        @Override
        public void setProtocol(BaseProtocol changed) {
          real.setProtocol(changed);
        }

        @Override
        public void close() {
          if (!request.waiter().get().isCancelled()) {
            real.close();
          }
        }
      };
    }
  }
}
