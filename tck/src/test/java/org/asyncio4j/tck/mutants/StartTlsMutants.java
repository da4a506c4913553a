package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;

/** Defects of chapter 17 that concern connections that begin to speak TLS. */
final class StartTlsMutants {

  private StartTlsMutants() {}

  /** Makes the connection once more. */
  @Defect(
      breaks = "17.23",
      also = {"17.26", "17.27", "17.35"})
  static final class MakesTheConnectionAgain extends NetworkMutant {

    MakesTheConnectionAgain(LoopContext context) {
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
      Transport made = super.startTls(transport, protocol, options, role, received);
      protocol.connectionMade(made);
      return made;
    }
  }

  /** Waits for the handshake to begin anew. */
  @Defect(
      breaks = "17.24",
      also = {"17.28", "17.43"})
  static final class ForgetsWhatWasHeard extends NetworkMutant {

    ForgetsWhatWasHeard(LoopContext context) {
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
      return super.startTls(transport, protocol, options, role, ByteBuffer.allocate(0));
    }
  }

  /** Leaves the connection open when nobody waits any more. */
  @Defect(
      breaks = "17.25",
      also = {"17.31", "17.33", "17.34", "17.36", "17.40", "17.42"})
  static final class LeavesItOpen extends NetworkMutant {

    LeavesItOpen(LoopContext context) {
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
      Transport open =
          new ForwardingTransport(transport) {
            @Override
            public void abort() {
              // Somebody may still need it.
            }
          };
      return super.startTls(open, protocol, options, role, received);
    }
  }

  /** Thinks that once is enough. */
  @Defect(breaks = "17.26")
  static final class SpeaksTlsOnce extends NetworkMutant {

    private final ArrayDeque<Transport> secured = new ArrayDeque<>();

    SpeaksTlsOnce(LoopContext context) {
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
      if (secured.contains(transport)) {
        throw new IllegalArgumentException("transport speaks TLS already");
      }
      Transport made = super.startTls(transport, protocol, options, role, received);
      secured.add(made);
      return made;
    }
  }

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
      also = {"17.24", "17.43"})
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
}
